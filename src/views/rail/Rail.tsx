/** The way between the places of the page. Links, so that a place can be opened beside this one. */
import { useEffect, useRef, type MouseEvent } from 'react';
import { Icon } from '../icons.tsx';
import { addressWith, PLACES, type Place } from '../places.ts';
import './rail.css';

interface RailProps {
  readonly place: Place;
  readonly onGo: (place: Place) => void;
}

export function Rail({ place, onGo }: RailProps) {
  const here = useRef<HTMLAnchorElement>(null);
  // On a phone the way is longer than the screen is wide.
  useEffect(() => {
    // Where it answers with a promise, that is no clean-up.
    here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [place]);

  const go = (event: MouseEvent, to: Place): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(to);
  };
  return (
    <nav className="rail" aria-label="Places">
      <ul>
        {PLACES.map((one) => (
          <li key={one.id}>
            <a
              ref={one === place ? here : undefined}
              className="rail-place"
              href={addressWith(one, location.href)}
              aria-current={one === place ? 'page' : undefined}
              aria-keyshortcuts={one.key}
              title={`${one.about} (${one.key})`}
              onClick={(event) => go(event, one)}
            >
              <Icon name={one.icon} />
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
