/** Peers of RFC 7846. */
import type { PeerBench, PeerCase } from '../peer-bench.ts';
import { casesOf } from '../section.ts';
import * as form from './shared/form.ts';
import * as recovery from './shared/recovery.ts';
import * as refusals from './shared/refusals.ts';
import * as reports from './shared/reports.ts';
import * as survival from './shared/survival.ts';
import * as swarms from './shared/swarms.ts';

const of = (place: string) => casesOf<PeerBench>('rfc7846', `peer/${place}`, `RFC 7846 §${place}`);
const [http, states, version, peerNum, addresses, requests] = [
  of('4'),
  of('2.3.1'),
  of('3.2.1'),
  of('3.2.2'),
  of('3.2.4'),
  of('3.3.3'),
];
const [connect, find, report, recover, unknown] = [
  of('4.1.1'),
  of('4.1.2'),
  of('4.1.3'),
  of('4.3'),
  of('4.4'),
];

export const RFC7846_PEERS: readonly PeerCase[] = [
  http.must(...form.POSTED),
  http.must(...form.MEDIA_TYPE),
  states.must(...swarms.CONNECT_FIRST),
  states.should(...swarms.FINDS_OWN),
  version.must(...form.VERSION),
  peerNum.should(...swarms.AT_MOST_30),
  addresses.ours(...swarms.ADDRESSES),
  requests.must(...form.READABLE),
  requests.ours(...form.IDS_BOUNDED),
  requests.should(...form.TO_THE_LETTER),
  requests.should(...form.PEER_ID),
  requests.must(...form.METHODS),
  connect.must(...swarms.JOINS_AS_LEECH),
  connect.must(...swarms.JOINS_AS_SEED),
  connect.must(...swarms.ACTIONS_VALID),
  connect.should(...swarms.BECOMES_SEED),
  connect.ours(...swarms.SEED_WANTS_NONE),
  connect.should(...swarms.LEAVES),
  connect.ours(...swarms.QUIET_WHEN_GONE),
  connect.ours(...survival.EMPTY_LIST),
  connect.ours(...survival.FULL_LIST),
  connect.ours(...survival.IPV6_LIST),
  connect.ours(...survival.DUPLICATES),
  connect.ours(...survival.HUGE_LIST),
  find.should(...swarms.ASKS_ANEW),
  find.ours(...survival.OWN_ENTRY),
  report.must(...reports.PERIODIC),
  report.should(...reports.OWN_SWARMS),
  report.should(...reports.SWARM_NAMED),
  report.should(...reports.MONOTONE),
  recover.must(...form.TRANSACTION_IDS),
  recover.must(...recovery.SAME_ID_SAME_BYTES),
  recover.must(...recovery.AFTER_MALFORMED),
  recover.must(...recovery.AFTER_EMPTY),
  recover.must(...recovery.AFTER_HTML),
  recover.must(...recovery.AFTER_TRUNCATED),
  recover.must(...recovery.AFTER_OTHER_FORM),
  recover.must(...recovery.AFTER_OTHER_TRANSACTION),
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
  recover.ours(...refusals.REGISTERS_ANEW_AFTER_200),
  unknown.must(...survival.UNKNOWN_MEMBERS),
  http.ours(...survival.WRONG_TYPE),
  http.ours(...survival.NO_TYPE),
  http.ours(...survival.SLOW_ANSWER),
  http.ours(...survival.REDIRECT_LOOP),
  http.ours(...survival.OVERSIZE_BODY),
  http.ours(...survival.DEEP_NESTING),
];
