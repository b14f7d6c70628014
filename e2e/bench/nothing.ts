/** An empty page: how even the frames are that the browser and the machine give to anybody. */
import { everyFrame, type Contender } from './picture.ts';

export const nothing: Contender = () => everyFrame(() => undefined);
