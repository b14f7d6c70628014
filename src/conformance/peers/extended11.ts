/** Peers of extended-1.1 (draft-huang-ppsp-extended-tracker-protocol-04). */
import type { PeerBench, PeerCase } from '../peer-bench.ts';
import { casesOf } from '../section.ts';
import * as form from './shared/form.ts';
import * as recovery from './shared/recovery.ts';
import * as refusals from './shared/refusals.ts';
import * as reports from './shared/reports.ts';
import * as survival from './shared/survival.ts';
import * as swarms from './shared/swarms.ts';

const of = (place: string) => casesOf<PeerBench>('extended-1.1', `peer/${place}`, `extended-04 §${place}`);
/** What it leaves to the base edition, whose superset it is. */
const base = (place: string) => casesOf<PeerBench>('extended-1.1', `peer/base-${place}`, `base-01 §${place}`);

const [states, errors, format, elements, methods, compatible] = [
  of('4.3.1'),
  of('4.3.2'),
  of('4.4'),
  of('4.4.1'),
  of('4.4.2'),
  of('4.5'),
];
const [connect, disconnect, find] = [of('5.1'), of('5.2'), of('5.3')];
const [syntax, numbers, http, report, recover] = [
  base('3.1'),
  base('3.2'),
  base('4'),
  base('4.2'),
  base('4.3'),
];

export const EXTENDED11_PEERS: readonly PeerCase[] = [
  http.must(...form.POSTED),
  http.ours(...form.MEDIA_TYPE),
  syntax.must(...form.XML_DECLARATION),
  syntax.must(...form.PEER_ID),
  syntax.should(...reports.SWARM_NAMED),
  numbers.should(...swarms.AT_MOST_30),
  states.must(...swarms.CONNECT_FIRST),
  errors.should(...swarms.ACTIONS_VALID),
  errors.should(...swarms.FINDS_OWN),
  format.must(...form.READABLE),
  elements.must(...form.VERSION),
  elements.should(...form.TO_THE_LETTER),
  elements.must(...form.ACTION_TRANSACTIONS),
  elements.ours(...form.IDS_BOUNDED),
  methods.must(...form.METHODS),
  compatible.must(...recovery.FALLS_BACK),
  connect.should(...swarms.ADDRESSES),
  connect.must(...swarms.JOINS_AS_LEECH),
  connect.must(...swarms.JOINS_AS_SEED),
  connect.should(...swarms.BECOMES_SEED),
  connect.ours(...swarms.SEED_WANTS_NONE),
  connect.ours(...survival.EMPTY_LIST),
  connect.ours(...survival.FULL_LIST),
  connect.ours(...survival.IPV6_LIST),
  connect.ours(...survival.DUPLICATES),
  connect.ours(...survival.HUGE_LIST),
  connect.ours(...survival.UNKNOWN_MEMBERS),
  disconnect.should(...swarms.LEAVES),
  disconnect.ours(...swarms.QUIET_WHEN_GONE),
  find.should(...swarms.ASKS_ANEW),
  find.ours(...survival.OWN_ENTRY),
  report.should(...reports.PERIODIC),
  report.should(...reports.OWN_SWARMS),
  report.should(...reports.MONOTONE),
  recover.must(...form.TRANSACTION_IDS),
  recover.must(...recovery.SAME_ID_SAME_BYTES),
  recover.should(...recovery.AFTER_MALFORMED),
  recover.should(...recovery.AFTER_EMPTY),
  recover.should(...recovery.AFTER_HTML),
  recover.should(...recovery.AFTER_TRUNCATED),
  recover.should(...recovery.AFTER_OTHER_FORM),
  recover.ours(...recovery.AFTER_OTHER_TRANSACTION),
  recover.should(...recovery.AFTER_SILENCE),
  recover.should(...recovery.AFTER_NO_ANSWER),
  recover.should(...recovery.REPORT_REPEATED),
  recover.ours(...recovery.BACKS_OFF),
  recover.should(...recovery.TAKES_UP),
  recover.ours(...refusals.CALM_AFTER_400),
  recover.ours(...refusals.CALM_AFTER_401),
  recover.ours(...refusals.CALM_AFTER_403),
  recover.ours(...refusals.CALM_AFTER_404),
  recover.ours(...refusals.COMES_BACK_AFTER_500),
  recover.ours(...refusals.COMES_BACK_AFTER_503),
  recover.ours(...refusals.RETRY_AFTER_HONOURED),
  recover.ours(...refusals.REGISTERS_ANEW),
  http.ours(...survival.WRONG_TYPE),
  http.ours(...survival.NO_TYPE),
  http.ours(...survival.SLOW_ANSWER),
  http.ours(...survival.REDIRECT_LOOP),
  http.ours(...survival.OVERSIZE_BODY),
  http.ours(...survival.DEEP_NESTING),
  http.ours(...survival.ENTITY_BOMB),
];
