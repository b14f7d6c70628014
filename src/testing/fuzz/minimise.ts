/** The same failure in fewer bytes. */
type Bytes = Uint8Array<ArrayBuffer>;

/** Bodies tried at most. */
const TRIES = 2000;

/** Leaves out ever smaller pieces, as long as `fails` says that what is left still does. */
export function minimise(body: Bytes, fails: (body: Bytes) => boolean): Bytes {
  let smallest = body;
  let tries = 0;
  for (let length = body.length; length >= 1; length = Math.floor(length / 2))
    for (let at = 0; at < smallest.length && tries < TRIES; tries++) {
      const less = without(smallest, at, length);
      if (fails(less)) smallest = less;
      else at += length;
    }
  return smallest;
}

function without(body: Bytes, at: number, length: number): Bytes {
  const after = body.subarray(at + length);
  const less = new Uint8Array(at + after.length);
  less.set(body.subarray(0, at));
  less.set(after, at);
  return less;
}
