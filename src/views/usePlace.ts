/** Which place is shown: kept in the page's address, so that a link leads to it and Back leads out of it. */
import { useEffect, useState } from 'react';
import { addressWith, placeIn, type Place } from './places.ts';

export function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeIn(location.href));
  useEffect(() => {
    const back = (): void => setPlace(placeIn(location.href));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (next: Place): void => {
    if (next === place) return;
    history.pushState(null, '', addressWith(next, location.href));
    setPlace(next);
  };
  return [place, go];
}

/** For what stands deep in one place and leads to another. */
export function goTo(place: Place): void {
  history.pushState(null, '', addressWith(place, location.href));
  // The browser says so of its own ways only.
  dispatchEvent(new PopStateEvent('popstate'));
}
