/** How the virtual clock is told. */

/** Of virtual seconds in a second. */
export const speedName = (speed: number): string => (speed === Infinity ? 'as fast as it goes' : `${speed}×`);
