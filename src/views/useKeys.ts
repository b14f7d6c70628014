/** Listens for the page's keys. */
import { useEffect, useEffectEvent } from 'react';
import { keyAction, placeOf, type KeyAction } from './keys.ts';

export function useKeys(act: (action: KeyAction) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const action = keyAction(event.key, placeOf(event));
    if (action === undefined) return;
    event.preventDefault();
    act(action);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => pressed(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
