import { Dialog } from '../dialog/Dialog.tsx';
import { KEY_HELP, PICTURE_KEY_HELP, PLACE_KEY_HELP, type KeyHelp } from '../keys.ts';
import './help.css';

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys and marks" onClose={onClose}>
      <Keys help={KEY_HELP} />
      <h3>While the picture has the focus</h3>
      <Keys help={PICTURE_KEY_HELP} />
      <p className="soft help-note">
        Keys rest while you type in a field. On the picture: drag to move it, turn the wheel to zoom,
        double-click to show everything. Click a disc to select its peer; a second click follows it. Drag a
        disc that is large enough to move its peer, which stays there under a pin until a double-click lets it
        go; a finger rests on the disc first. With Shift, a drag draws a line around peers and picks them, and
        a click adds one or takes it out; the buttons Lasso and Pick do the same without Shift or a mouse. The
        overview in the corner, there while not all is seen, moves the view to where it is pressed. Every peer
        can also be reached from the list of peers, without a mouse. The legend below the picture chooses what
        the colours mean, and a press on one of its signs shows these peers alone; so do Tab and Space.
      </p>
      {PLACE_KEY_HELP.map(({ where, help }) => (
        <section key={where}>
          <h3>{where}</h3>
          <Keys help={help} />
        </section>
      ))}
      <p className="soft help-note">
        A link to this view, from the button in the bar above, holds the settings of the run, the place, the
        selected peer, the open message and the moment marked on the charts, where a press marks one.
      </p>
      <h3>What the peers are</h3>
      <dl className="help-words">
        <div>
          <dt>SEED</dt>
          <dd>has the whole of the content and only gives: a full disc with a rim</dd>
        </div>
        <div>
          <dt>LEECH</dt>
          <dd>still collects chunks while it gives what it has: an open disc, its arc the share it holds</dd>
        </div>
        <div>
          <dt>joining</dt>
          <dd>has asked the tracker to be let in and is not registered yet: a small, hollow disc</dd>
        </div>
        <div>
          <dt>silent</dt>
          <dd>its last request had no usable answer and is being tried again: a dashed disc</dd>
        </div>
        <div>
          <dt>crashed</dt>
          <dd>
            gone without a word: a fading disc with a red rim; the tracker goes on listing it until its track
            timer runs out
          </dd>
        </div>
        <div>
          <dt>dots</dt>
          <dd>
            messages under way: requests go to the tracker, answers come back, red ones tell of an error
          </dd>
        </div>
        <div>
          <dt>hand-outs</dt>
          <dd>
            how many lists a peer was on, in answers to this page&rsquo;s peers; lists given to peers of
            others are not counted
          </dd>
        </div>
        <div>
          <dt>tracker</dt>
          <dd>knows who is in which swarm and hands out lists of peers; no content passes through it</dd>
        </div>
      </dl>
    </Dialog>
  );
}

function Keys({ help }: { readonly help: readonly KeyHelp[] }) {
  return (
    <dl className="help-keys">
      {help.map(({ keys, does }) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
