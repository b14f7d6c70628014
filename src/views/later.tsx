/**
 * Parts of the page that are loaded when they are first shown. Unlike React's `lazy`, one whose code could not be had
 * is asked for again: the server may be back, and a reload would end the run.
 */
import { useEffect, useState, type ComponentType } from 'react';

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [View, setView] = useState(() => known);
    const [attempt, setAttempt] = useState(1);
    const [failed, setFailed] = useState(0);
    useEffect(() => {
      if (known !== undefined) return undefined;
      let wanted = true;
      load().then(
        (loaded) => {
          known = loaded;
          if (wanted) setView(() => loaded);
        },
        () => wanted && setFailed(attempt),
      );
      return () => {
        wanted = false;
      };
    }, [attempt]);
    if (View !== undefined) return <View {...props} />;
    if (failed < attempt) return <p className="place-loading soft">Loading…</p>;
    return (
      <div className="place-failed" role="alert">
        <p>This part of the page could not be loaded: the server that the page came from does not answer.</p>
        <p>Everything else goes on. Start the server again, then:</p>
        <button type="button" className="button button-main" onClick={() => setAttempt(attempt + 1)}>
          Try again
        </button>
      </div>
    );
  };
}
