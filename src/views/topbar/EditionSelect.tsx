import { useStore } from 'zustand';
import { useDashboard } from '../context.tsx';
import { EDITION_NAMES, editionFrom } from '../editions.ts';

export function EditionSelect() {
  const { stores, commands } = useDashboard();
  const settings = useStore(stores.run, (run) => run.settings);
  const busy = useStore(stores.run, (run) => run.status === 'stopping');
  return (
    <label
      className="pill pill-select"
      title="The edition of PPSP-TP that the peers speak. Changing it restarts the run in that edition."
    >
      <span className="pill-label">edition</span>
      <select
        name="edition"
        className="pill-value"
        value={settings.edition}
        disabled={busy}
        onChange={(event) => {
          const edition = editionFrom(event.target.value);
          if (edition !== undefined) commands.restart({ ...settings, edition });
        }}
      >
        {EDITION_NAMES.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
