/** Peers of gu-04 (draft-gu-ppsp-tracker-protocol-04, and -06 where the slides leave off). */
import type { PeerBench, PeerCase } from '../peer-bench.ts';
import { casesOf } from '../section.ts';
import * as form from './shared/form.ts';
import * as own from './shared/gu04.ts';
import * as recovery from './shared/recovery.ts';
import * as refusals from './shared/refusals.ts';
import * as reports from './shared/reports.ts';
import * as survival from './shared/survival.ts';
import * as swarms from './shared/swarms.ts';

const of = (place: string) => casesOf<PeerBench>('gu-04', `peer/${place}`, `gu -06 §${place}`);
const [http, methods, connect, disconnect, join, leave, find, report, alive] = [
  of('4.1'),
  of('4.2'),
  of('4.4'),
  of('4.5'),
  of('4.6'),
  of('4.7'),
  of('4.8'),
  of('4.9'),
  of('4.10'),
];
const query = casesOf<PeerBench>('gu-04', 'peer/stat-query', 'gu-04 slides "STAT_QUERY"');

export const GU04_PEERS: readonly PeerCase[] = [
  http.must(...form.POSTED),
  http.ours(...form.MEDIA_TYPE),
  http.must(...form.READABLE),
  http.should(...form.TO_THE_LETTER),
  http.should(...form.VERSION),
  http.should(...form.XML_DECLARATION),
  http.ours(...form.IDS_BOUNDED),
  http.must(...form.TRANSACTION_IDS),
  http.ours(...recovery.SAME_ID_SAME_BYTES),
  http.should(...form.PEER_ID),
  http.ours(...own.CARRIES_TOKEN),
  methods.must(...form.METHODS),
  connect.must(...swarms.CONNECT_FIRST),
  connect.should(...swarms.ADDRESSES),
  disconnect.should(...swarms.DISCONNECTS),
  disconnect.ours(...swarms.QUIET_WHEN_GONE),
  join.must(...swarms.JOINS_AS_LEECH),
  join.must(...swarms.JOINS_AS_SEED),
  join.should(...swarms.BECOMES_SEED),
  join.ours(...swarms.AT_MOST_30),
  join.ours(...swarms.SEED_WANTS_NONE),
  join.ours(...survival.EMPTY_LIST),
  join.ours(...survival.OWN_ENTRY),
  join.ours(...survival.FULL_LIST),
  join.ours(...survival.IPV6_LIST),
  join.ours(...survival.DUPLICATES),
  join.ours(...survival.HUGE_LIST),
  join.ours(...survival.UNKNOWN_MEMBERS),
  leave.should(...swarms.LEAVES),
  leave.ours(...swarms.ACTIONS_VALID),
  find.should(...swarms.FINDS_OWN),
  find.should(...swarms.ASKS_ANEW),
  find.ours(...own.NOT_FOUND),
  report.should(...reports.PERIODIC),
  report.must(...reports.SWARM_NAMED),
  report.should(...reports.OWN_SWARMS),
  report.should(...reports.MONOTONE),
  alive.should(...reports.KEEPALIVE_WHEN_IDLE),
  query.ours(...own.ANSWERS_QUERY),
  http.ours(...recovery.AFTER_MALFORMED),
  http.ours(...recovery.AFTER_EMPTY),
  http.ours(...recovery.AFTER_HTML),
  http.ours(...recovery.AFTER_TRUNCATED),
  http.ours(...recovery.AFTER_OTHER_FORM),
  http.ours(...recovery.AFTER_OTHER_TRANSACTION),
  http.ours(...recovery.AFTER_SILENCE),
  http.ours(...recovery.AFTER_NO_ANSWER),
  http.ours(...recovery.REPORT_REPEATED),
  http.ours(...recovery.BACKS_OFF),
  http.ours(...recovery.TAKES_UP),
  methods.ours(...refusals.CALM_AFTER_400),
  methods.ours(...refusals.CALM_AFTER_401),
  methods.ours(...refusals.CALM_AFTER_403),
  methods.ours(...refusals.CALM_AFTER_404),
  methods.ours(...refusals.COMES_BACK_AFTER_500),
  methods.ours(...refusals.COMES_BACK_AFTER_503),
  methods.ours(...refusals.RETRY_AFTER_HONOURED),
  methods.ours(...refusals.REGISTERS_ANEW),
  http.ours(...survival.WRONG_TYPE),
  http.ours(...survival.NO_TYPE),
  http.ours(...survival.SLOW_ANSWER),
  http.ours(...survival.REDIRECT_LOOP),
  http.ours(...survival.OVERSIZE_BODY),
  http.ours(...survival.DEEP_NESTING),
  http.ours(...survival.ENTITY_BOMB),
];
