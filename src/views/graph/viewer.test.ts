import { describe, expect, it } from 'vitest';
import { toScreen } from './camera.ts';
import { keyCommand } from './gestures.ts';
import { Viewer } from './viewer.ts';

const BOUNDS = { left: -500, top: -300, right: 500, bottom: 300 };
const VIEWPORT = { width: 1000, height: 700 };
const INSETS = { top: 10, right: 10, bottom: 50, left: 10 };

function viewer(): Viewer {
  const viewer = new Viewer();
  viewer.frame(BOUNDS, VIEWPORT, INSETS);
  viewer.jump();
  return viewer;
}

function settle(viewer: Viewer, followed?: { x: number; y: number }): void {
  for (let i = 0; i < 400 && viewer.step(16, followed, false); i++);
}

describe('the viewer', () => {
  it('sees all and keeps doing so as the scene grows', () => {
    const view = viewer();
    expect(view.step(16, undefined, false)).toBe(false);
    const before = view.camera.k;
    view.frame({ ...BOUNDS, right: 1500 }, VIEWPORT, INSETS);
    settle(view);
    expect(view.camera.k).toBeLessThan(before * 0.6);
  });

  it('stays where the hand left it', () => {
    const view = viewer();
    view.pan(-50, 20);
    const before = view.camera;
    view.frame({ ...BOUNDS, right: 1500 }, VIEWPORT, INSETS);
    expect(view.step(16, undefined, false)).toBe(false);
    expect(view.camera).toBe(before);
    expect(view.seesAll).toBe(false);
  });

  it('brings a followed peer to the middle, and lets the wheel choose how near', () => {
    const view = viewer();
    const peer = { x: 120, y: -80 };
    view.follow();
    settle(view, peer);
    const middle = toScreen(view.camera, VIEWPORT, peer);
    expect(middle.x).toBeCloseTo(500, 0);
    expect(middle.y).toBeCloseTo(350, 0);
    const before = view.camera.k;
    view.zoom(1.5, { x: 0, y: 0 }, false);
    settle(view, peer);
    expect(view.camera.k).toBeCloseTo(before * 1.5, 2);
  });

  it('adds up quick presses of a zoom key', () => {
    const view = viewer();
    const before = view.camera.k;
    for (let i = 0; i < 3; i++) view.zoom(1.4, undefined, true);
    settle(view);
    expect(view.camera.k).toBeCloseTo(before * 1.4 ** 3, 2);
  });

  it('jumps where motion is not wanted', () => {
    const view = viewer();
    view.to({ left: 0, top: 0, right: 100, bottom: 100 });
    expect(view.step(16, undefined, true)).toBe(true);
    expect(view.step(16, undefined, true)).toBe(false);
    expect(view.camera.x).toBeCloseTo(50, 0);
  });
});

it('knows its keys and no others', () => {
  expect(keyCommand('0', false)).toEqual({ kind: 'fit' });
  expect(keyCommand('+', false)?.kind).toBe('zoom');
  expect(keyCommand('ArrowLeft', false)?.kind).toBe('pan');
  expect(keyCommand('1', false)).toBeUndefined();
  expect(keyCommand(' ', false)).toBeUndefined();
});
