/** How the message goes out: how often, how fast, what is new each time, spoilt in which ways. */
import { useStore } from 'zustand';
import { contentTypeOf, type ComposeState, type SendSettings } from '../../dashboard/compose/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCount, hostOf, plural } from '../format.ts';
import { Icon } from '../icons.tsx';

const MOST = 10_000;
const whole = (text: string, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.floor(Number(text)) || least));

export function SendPanel({ state }: { readonly state: ComposeState }) {
  const { compose, stores } = useDashboard();
  const url = useStore(stores.run, (run) => run.settings.trackerUrl);
  const via = useStore(stores.run, (run) => run.settings.via);
  const { sending, settings } = state;
  const set = (change: Partial<SendSettings>): void => compose.set(change);
  return (
    <section className="compose-send" aria-label="Send">
      <div className="compose-send-row">
        {sending === undefined ? (
          <button
            type="button"
            className="button button-main"
            aria-keyshortcuts="Control+Enter Meta+Enter"
            title="Send (Ctrl or Cmd and Enter)"
            disabled={state.guide === undefined}
            onClick={() => compose.send()}
          >
            <Icon name="upload" /> Send{settings.times > 1 && ` ${formatCount(settings.times)} times`}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={sending.cancelling}
            onClick={() => compose.cancel()}
          >
            <Icon name="stop" /> {sending.cancelling ? 'Ending…' : 'Cancel'}
          </button>
        )}
        <span className="soft compose-target" title={url}>
          to {hostOf(url)}
          {via === 'relay' && ' through the relay'}
        </span>
        <label>
          <span className="soft">Times</span>
          <input
            type="number"
            className="field-control compose-number"
            min={1}
            max={MOST}
            value={settings.times}
            onChange={({ target }) => set({ times: whole(target.value, 1, MOST) })}
          />
        </label>
        {settings.times > 1 && <Repeated settings={settings} onSet={set} />}
      </div>
      <Progress state={state} />
      <details className="compose-spoil">
        <summary>
          Malformed on purpose
          {settings.deformations.length > 0 && `: ${plural(settings.deformations.length, 'way')}`}
        </summary>
        <Ways state={state} onSet={set} />
      </details>
    </section>
  );
}

interface SettingsProps {
  readonly settings: SendSettings;
  readonly onSet: (change: Partial<SendSettings>) => void;
}

function Repeated({ settings: { pace, renew }, onSet }: SettingsProps) {
  return (
    <>
      <label>
        <span className="soft">Pace</span>
        <select
          className="field-control"
          value={pace === 'answers' ? 'answers' : 'interval'}
          onChange={({ target }) => onSet({ pace: target.value === 'answers' ? 'answers' : 1000 })}
        >
          <option value="answers">as fast as answers come</option>
          <option value="interval">by the clock</option>
        </select>
      </label>
      {pace !== 'answers' && (
        <label>
          <span className="soft">every (ms)</span>
          <input
            type="number"
            className="field-control compose-number"
            min={0}
            max={60_000}
            value={pace}
            onChange={({ target }) => onSet({ pace: whole(target.value, 0, 60_000) })}
          />
        </label>
      )}
      <label>
        <span className="soft">Each time</span>
        <select
          className="field-control"
          value={renew}
          onChange={({ target }) => onSet({ renew: renewOf(target.value) })}
        >
          <option value="nothing">the same transaction again</option>
          <option value="transaction">a new transaction</option>
          <option value="peer">a new peer</option>
        </select>
      </label>
    </>
  );
}

const renewOf = (value: string): SendSettings['renew'] =>
  value === 'peer' || value === 'transaction' ? value : 'nothing';

function Ways({ state, onSet }: { readonly state: ComposeState; readonly onSet: SettingsProps['onSet'] }) {
  const { guide, settings } = state;
  const { deformations } = settings;
  return (
    <>
      <ul className="compose-ways">
        {guide?.deformations.map(({ id, name, expect }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={deformations.includes(id)}
                onChange={({ target }) =>
                  onSet({
                    deformations: target.checked
                      ? [...deformations, id]
                      : deformations.filter((one) => one !== id),
                  })
                }
              />
              <span>
                {name} <span className="soft small">→ {expect}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="compose-send-row">
        <label>
          <span className="soft">Seed of chance</span>
          <input
            type="number"
            className="field-control compose-number"
            min={0}
            max={4_294_967_295}
            value={settings.seed}
            onChange={({ target }) => onSet({ seed: whole(target.value, 0, 4_294_967_295) })}
          />
        </label>
        <label>
          <span className="soft">Content-Type</span>
          <input
            type="text"
            className="field-control mono"
            spellCheck={false}
            value={contentTypeOf(state)}
            onChange={({ target }) => onSet({ contentType: target.value === '' ? undefined : target.value })}
          />
        </label>
      </div>
    </>
  );
}

function Progress({ state: { sending, outcome } }: { readonly state: ComposeState }) {
  if (sending !== undefined)
    return (
      <div className="compose-progress">
        <progress aria-label="Requests answered" max={sending.of} value={sending.done} />
        <span>
          {formatCount(sending.done)} of {formatCount(sending.of)}
        </span>
      </div>
    );
  if (outcome === undefined) return null;
  const counts = Object.entries(outcome.counts);
  return (
    <p role="status" className="compose-outcome">
      {outcome.done < outcome.of && <b>Cancelled. </b>}
      {plural(outcome.done, 'request')} sent
      {counts.length > 0 && `: ${counts.map(([name, count]) => `${name} ${formatCount(count)}`).join(', ')}`}
    </p>
  );
}
