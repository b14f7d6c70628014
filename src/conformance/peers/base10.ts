/** Peers of base-1.0 (draft-ietf-ppsp-base-tracker-protocol-01). */
import type { PeerBench, PeerCase } from '../peer-bench.ts';
import { casesOf } from '../section.ts';
import * as form from './shared/form.ts';
import * as recovery from './shared/recovery.ts';
import * as refusals from './shared/refusals.ts';
import * as reports from './shared/reports.ts';
import * as survival from './shared/survival.ts';
import * as swarms from './shared/swarms.ts';

const of = (place: string) => casesOf<PeerBench>('base-1.0', `peer/${place}`, `base-01 §${place}`);
const [states, errors, format, elements, methods] = [
  of('2.4.1'),
  of('2.4.2'),
  of('3.1'),
  of('3.2'),
  of('3.3'),
];
const [http, connect, report, recover] = [of('4'), of('4.1'), of('4.2'), of('4.3')];

export const BASE10_PEERS: readonly PeerCase[] = [
  http.must(...form.POSTED),
  http.ours(...form.MEDIA_TYPE),
  states.must(...swarms.CONNECT_FIRST),
  errors.must(...swarms.ACTIONS_VALID),
  format.must(...form.XML_DECLARATION),
  format.must(...form.READABLE),
  format.must(...form.PEER_ID),
  format.should(...reports.SWARM_NAMED),
  elements.must(...form.VERSION),
  elements.must(...swarms.AT_MOST_30),
  elements.should(...form.TO_THE_LETTER),
  elements.must(...form.ACTION_TRANSACTIONS),
  elements.ours(...form.IDS_BOUNDED),
  elements.ours(...swarms.ADDRESSES),
  methods.must(...form.METHODS),
  connect.must(...swarms.JOINS_AS_LEECH),
  connect.must(...swarms.JOINS_AS_SEED),
  connect.should(...swarms.BECOMES_SEED),
  connect.ours(...swarms.ASKS_ANEW),
  connect.ours(...swarms.SEED_WANTS_NONE),
  connect.should(...swarms.LEAVES),
  connect.ours(...swarms.QUIET_WHEN_GONE),
  connect.ours(...survival.EMPTY_LIST),
  connect.ours(...survival.OWN_ENTRY),
  connect.ours(...survival.FULL_LIST),
  connect.ours(...survival.IPV6_LIST),
  connect.ours(...survival.DUPLICATES),
  connect.ours(...survival.HUGE_LIST),
  connect.ours(...survival.UNKNOWN_MEMBERS),
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
