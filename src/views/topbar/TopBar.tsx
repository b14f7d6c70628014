import { CopyButton } from '../CopyButton.tsx';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { EditionSelect } from './EditionSelect.tsx';
import { Figures } from './Figures.tsx';
import { RunControls } from './RunControls.tsx';
import { RunMeter } from './RunMeter.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { TrackerPill } from './TrackerPill.tsx';
import './topbar.css';

interface TopBarProps {
  readonly onTracker: () => void;
  readonly onSettings: () => void;
  readonly onHelp: () => void;
}

export function TopBar({ onTracker, onSettings, onHelp }: TopBarProps) {
  const { commands } = useDashboard();
  return (
    <header className="topbar">
      <div className="topbar-row">
        <div className="topbar-run">
          <h1 className="brand">
            swarm<span>scope</span>
          </h1>
          <RunMeter />
        </div>
        <RunControls />
        <div className="topbar-pills">
          <TrackerPill onOpen={onTracker} />
          <EditionSelect />
        </div>
        <Figures />
        <div className="tools" role="group" aria-label="Page">
          <CopyButton
            what="link to this view"
            text={() => commands.linkToThis()}
            tool={{ icon: 'link', word: 'link' }}
          />
          <ThemeSwitch />
          <button
            type="button"
            className="button button-quiet tool"
            aria-label="Settings of the run"
            title="Settings of the run (s)"
            aria-haspopup="dialog"
            onClick={onSettings}
          >
            <Icon name="settings" />
            <span className="tool-word">settings</span>
          </button>
          <button
            type="button"
            className="button button-quiet tool"
            aria-label="Help: keys and marks"
            title="Keys and marks (?)"
            aria-haspopup="dialog"
            onClick={onHelp}
          >
            <Icon name="help" />
            <span className="tool-word">help</span>
          </button>
        </div>
      </div>
    </header>
  );
}
