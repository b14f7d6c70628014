/**
 * The texts' own examples, word for word: RFC 7846 §4.1 (departures from its grammar included),
 * draft-ietf-ppsp-base-tracker-protocol-01 §4, draft-huang-ppsp-extended-tracker-protocol-04 §5 and
 * draft-gu-ppsp-tracker-protocol-04 and -06.
 */
export const RFC7846_EXAMPLES = {
  connectSeeder: `{
  "PPSPTrackerProtocol": {
    "version":              1,
    "request_type":         "CONNECT",
    "transaction_id":       "12345",
    "peer_id":              "656164657220",
    "connect":{
        "peer_addr": {
               "ip_address": {
                    "address_type":     "ipv4",
                    "address":          "192.0.2.2"
               },
               "port":         80,
               "priority":     1,
               "type":         "HOST",
               "connection":   "wired",
               "asn":          "45645"
        },
        "swarm_action": [{
            "swarm_id":       "1111",
            "action":         "JOIN",
            "peer_mode":      "SEEDER"
        },
        {
            "swarm_id":       "2222",
            "action":         "JOIN",
            "peer_mode":      "SEEDER"
        }]
    }
  }
}`,
  connectLeech: `{
  "PPSPTrackerProtocol": {
    "version":               1,
    "request_type":          "CONNECT",
    "transaction_id":        "12345.0",
    "peer_id":               "656164657221",
    "connect":{
        "peer_num": {
            "peer_count":        5,
            "ability_nat":       "STUN",
            "concurrent_links":  "5",
            "online_time":       "200",
            "upload_bandwidth":  "600"
         },
         "peer_addr": [{
               "ip_address": {
                    "address_type":     "ipv4",
                    "address":          "192.0.2.2"
               },
               "port":         80,
               "priority":     1,
               "type":         "HOST",
               "connection":   "wired",
               "asn":          "3256546"
         },
         {
               "ip_address":{
                   "address_type":     "ipv6",
                   "address":          "2001:db8::2"
               },
               "port":         80,
               "priority":     2,
               "type":         "HOST",
               "connection":   "wireless",
               "asn":          "34563456",
               "peer_protocol": "PPSP-PP"
         }],
         "swarm_action": {
            "swarm_id":       "1111",
            "action":         "JOIN",
            "peer_mode":      "LEECH"
         }
    }
  }
}`,
  connectSwitch: `{
  "PPSPTrackerProtocol": {
    "version":              1,
    "request_type":         "CONNECT",
    "transaction_id":       "12345",
    "peer_id":              "656164657221",
    "connect":{
        "peer_num": {
            "peer_count":        5,
            "ability_nat":       "STUN",
            "concurrent_links":  "5",
            "online_time":       "200",
            "upload_bandwidth":  "600"
        },
        "swarm_action": [{
            "swarm_id":          "1111",
            "action":            "LEAVE",
            "peer_mode":         "LEECH"
        },
        {
            "swarm_id":          "2222",
            "action":            "JOIN",
            "peer_mode":         "LEECH"
        }]
    }
  }
}`,
  connectResponse: `{
  "PPSPTrackerProtocol": {
    "version":               1,
    "response_type":         0,
    "error_code":            0,
    "transaction_id":        "12345",
    "peer_addr": {
        "ip_address": {
            "address_type":     "ipv4",
            "address":          "198.51.100.1"
        },
        "port":          80,
        "priority":      1,
        "asn":           "64496"
   },
   "swarm_result": {
        "swarm_id":        "2222",
        "result":          0,
        "peer_group": {
            "peer_info": [{
                "peer_id":    "956264622298",
                "peer_addr": {
                    "ip_address": {
                        "address_type":     "ipv4",
                        "address":          "198.51.100.22"
                    },
                    "port":          80,
                    "priority":      2,
                    "type":          "REFLEXIVE",
                    "connection":    "wired",
                    "asn":           "64496",
                    "peer_protocol": "PPSP-PP"
                }
            },
            {
                "peer_id":    "3332001256741",
                "peer_addr": {
                    "ip_address": {
                        "address_type":     "ipv4",
                        "address":          "198.51.100.201"
                    },
                    "port":          80,
                    "priority":      2,
                    "type":          "REFLEXIVE",
                    "connection":    "wired",
                    "asn":           "64496",
                    "peer_protocol": "PPSP-PP"
                }
            }]
          }
       }
   }
}`,
  find: `{
  "PPSPTrackerProtocol": {
      "version":             1,
      "request_type":        "FIND",
      "transaction_id":      "12345",
      "peer_id":             "656164657221",
      "swarm_id":            "1111",
      "peer_num": {
          "peer_count":        5,
          "ability_nat":       "STUN",
          "concurrent_links":  "5",
          "online_time":       "200",
          "upload_bandwidth":  "600"
      }
  }
}`,
  findResponse: `{
  "PPSPTrackerProtocol": {
      "version":             1,
      "response_type":       0,
      "error_code":          0,
      "transaction_id":      "12345",
      "swarm_result": {
          "swarm_id":        "1111",
          "result":          0,
          "peer_group": {
              "peer_info": [{
                  "peer_id":    "656164657221",
                  "peer_addr": {
                      "ip_address": {
                          "address_type":     "ipv4",
                          "address":          "198.51.100.1"
                      },
                      "port":          80,
                      "priority":      1,
                      "type":          "REFLEXIVE",
                      "connection":    "wireless",
                      "asn":           "64496"
                  }
              },
              {
                  "peer_id":    "956264622298",
                  "peer_addr": {
                      "ip_address": {
                          "address_type":     "ipv4",
                          "address":          "198.51.100.22"
                      },
                      "port":          80,
                      "priority":      1,
                      "type":          "REFLEXIVE",
                      "connection":    "wireless",
                      "asn":           "64496"
                  }
              },
              {
                  "peer_id":    "3332001256741",
                  "peer_addr": {
                      "ip_address": {
                          "address_type":     "ipv4",
                          "address":          "198.51.100.201"
                      },
                      "port":          80,
                      "priority":      1,
                      "type":          "REFLEXIVE",
                      "connection":    "wireless",
                      "asn":           "64496"
                  }
              }]
          }
      }
  }
}`,
  statReport: `{
  "PPSPTrackerProtocol": {
      "version":             1,
      "request_type":        "STAT_REPORT",
      "transaction_id":      "12345",
      "peer_id":             "656164657221",
      "stat_report": {
          "type":  "STREAM_STATS",
          "Stat": {
                "swarm_id":              "1111",
                "uploaded_bytes":        512,
                "downloaded_bytes":      768,
                "available_bandwidth":   1024000,
                "concurrent_links":      5
          }
      }
  }
}`,
  statResponse: `{
  "PPSPTrackerProtocol": {
      "version":              1,
      "response_type":        0,
      "error_code":           0,
      "transaction_id":       "12345",
      "swarm_result": {
          "swarm_id":     "1111",
          "result":       0
      }
  }
}`,
} as const;

export const BASE01_EXAMPLES = {
  connectSeeder: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Request>CONNECT</Request>
  <PeerID>656164657220</PeerID>
  <PeerNum abilityNAT="STUN">15</PeerNum>
  <SwarmID action="JOIN" peerMode="SEED" 
           transactionID="12345.1">1111</SwarmID>
  <SwarmID action="JOIN" peerMode="SEED" 
           transactionID="12345.2">2222</SwarmID>
  <TransactionID>12345.0</TransactionID>
</PPSPTrackerProtocol>`,
  connectLeech: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Request>CONNECT</Request>
  <PeerID>656164657221</PeerID>
  <PeerNum abilityNAT="STUN">5</PeerNum>
  <SwarmID action="JOIN" peerMode="LEECH" 
           transactionID="12345.1">1111</SwarmID>
  <TransactionID>12345.0</TransactionID>
  <PeerGroup>
    <PeerInfo>
      <PeerAddress addrType="ipv4" ip="192.0.2.2" port="80"
                   priority="1" peerProtocol="PPSP-PP" />
      <PeerAddress addrType="ipv6" ip="2001:db8::2" port="80"
                   priority="2" peerProtocol="PPSP-PP" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  connectSwitch: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Request>CONNECT</Request>
  <PeerID>656164657221</PeerID>
  <PeerNum abilityNAT="STUN">5</PeerNum>
  <SwarmID action="LEAVE" peerMode="LEECH" 
           transactionID="12345.1">1111</SwarmID>
  <SwarmID action="JOIN" peerMode="LEECH" 
           transactionID="12345.2">2222</SwarmID>
  <TransactionID>12345.0</TransactionID>
</PPSPTrackerProtocol>`,
  connectResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>
    <Result transactionID="12345.0">200 OK</Result>
    <Result transactionID="12345.1">200 OK</Result>
    <Result transactionID="12345.2">200 OK</Result>
  </TransactionID>
  <PeerGroup>
    <PeerInfo>
      <PeerID>656164657221</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.1" port="80"
                   priority="1"
                   type="REFLEXIVE"
                   connection="3G"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo swarmID="2222">
       <PeerID>956264622298</PeerID>
       <PeerAddress addrType="ipv4" ip="198.51.100.22" port="80" 
                    asn="64496" peerProtocol="PPSP-PP" />
    </PeerInfo>
    <PeerInfo swarmID="2222">
       <PeerID>3332001256741</PeerID>
       <PeerAddress addrType="ipv4" ip="198.51.100.201" port="80" 
                    asn="64496" peerProtocol="PPSP-PP" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  statReport: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Request>STAT_REPORT</Request>
  <PeerID>656164657221</PeerID>
  <TransactionID>12345</TransactionID>
  <StatisticsGroup>
    <Stat property="StreamStatistics">
      <SwarmID>1111</SwarmID>
      <UploadedBytes>512</UploadedBytes>
      <DownloadedBytes>768</DownloadedBytes>
      <AvailBandwidth>1024000</AvailBandwidth>
    </Stat>
  </StatisticsGroup>
</PPSPTrackerProtocol>`,
  statResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
</PPSPTrackerProtocol>`,
} as const;

/** Of draft-huang-ppsp-extended-tracker-protocol-04 §5; `disconnectResponse` ends in a start tag there. */
export const EXTENDED11_EXAMPLES = {
  connect: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Request>CONNECT</Request>
  <PeerID>656164657220</PeerID>
  <TransactionID>12345.0</TransactionID>
  <SwarmID action="JOIN" peerMode="LEECH"
           transactionID="12345.1">1111</SwarmID>
  <PeerNum abilityNAT="STUN"
           concurrentLinks="HIGH"
           onlineTime="NORMAL"
           uploadBWlevel="NORMAL">5</PeerNum>
  <ContentGroup>
    <Representation id="tag0">
      <SegmentInfo startIndex="20" />
    </Representation>
    <Representation id="tag6">
      <SegmentInfo startIndex="20" />
    </Representation>
  </ContentGroup>
  <PeerGroup>
    <PeerInfo>
      <PeerAddress addrType="ipv4" ip="192.0.2.1" port="80"
                   priority="1" />
      <PeerAddress addrType="ipv6" ip="2001:db8::1" port="80"
                   priority="2"
                   type="HOST"
                   connection="ADSL" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  connectResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
  <PeerGroup>
    <PeerInfo>
      <PeerID>656164657220</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.1" port="80"
                   priority="1"
                   type="REFLEXIVE"
                   connection="3G"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo>
      <PeerID>956264622298</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.22" port="80"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo>
      <PeerID>3332001256741</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.201" port="80"
                   asn="64496" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  disconnect: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Request>DISCONNECT</Request>
  <PeerID>656164657221</PeerID>
  <TransactionID>12345</TransactionID>
</PPSPTrackerProtocol>`,
  disconnectResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
<PPSPTrackerProtocol>`,
  find: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Request>FIND</Request>
  <PeerID>656164657221</PeerID>
  <SwarmID>1111</SwarmID>
  <TransactionID>12345</TransactionID>
  <PeerNum abilityNAT="STUN"
           concurrentLinks="HIGH"
           onlineTime="NORMAL"
           uploadBWlevel="NORMAL">5</PeerNum>
  <ContentGroup>
    <Representation id="tag4">
      <SegmentInfo startIndex="110" endIndex="150" />
    </Representation>
  </ContentGroup>
</PPSPTrackerProtocol>`,
  findResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
  <PeerGroup>
    <PeerInfo>
      <PeerID>956264622298</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.22" port="80"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo>
      <PeerID>3332001256741</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.201" port="80"
                   asn="64496" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  findResponseWithAsker: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
  <PeerGroup>
    <PeerInfo>
      <PeerID>656164657221</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.1" port="80"
                   priority="1"
                   type="REFLEXIVE"
                   connection="3G"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo>
      <PeerID>956264622298</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.22" port="80"
                   asn="64496" />
    </PeerInfo>
    <PeerInfo>
      <PeerID>3332001256741</PeerID>
      <PeerAddress addrType="ipv4" ip="198.51.100.201" port="80"
                   asn="64496" />
    </PeerInfo>
  </PeerGroup>
</PPSPTrackerProtocol>`,
  statReport: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Request>STAT_REPORT</Request>
  <PeerID>656164657221</PeerID>
  <TransactionID>12345</TransactionID>
  <StatisticsGroup>
    <Stat property="StreamStatistics">
      <SwarmID>1111</SwarmID>
      <UploadedBytes>512</UploadedBytes>
      <DownloadedBytes>768</DownloadedBytes>
      <AvailBandwidth>1024000</AvailBandwidth>
    </Stat>
    <Stat property="StreamStatistics">
      <SwarmID>2222</SwarmID>
      <UploadedBytes>1024</UploadedBytes>
      <DownloadedBytes>2048</DownloadedBytes>
      <AvailBandwidth>512000</AvailBandwidth>
    </Stat>
    <Stat property="ContentMap">
      <SwarmID>1111</SwarmID>
      <Representation id="tag0">
        <SegmentInfo startIndex="0" endIndex="24"
                   chunkmapSize="25">
          A/8D/wP/A/8D/wP/A/8D/wP/A/8D/wP/....
        </SegmentInfo>
      </Representation>
      <Representation id="tag1">
        <SegmentInfo startIndex="0" endIndex="14"
                     chunkmapSize="15">
          A/8D/wP/A/8D/wP/A/8D/wP/A/8D/wP/....
        </SegmentInfo>
        <SegmentInfo startIndex="20" endIndex="24"
                          chunkmapSize="5">
          A/8D/wP/A/8D/wP/A/8D/wP/A/8D/wP/....
        </SegmentInfo>
      </Representation>
    </Stat>

      <Stat property="ContentMap">
        <SwarmID>2222</SwarmID>
        <Representation id="tag5">
        <SegmentInfo startIndex="0" endIndex="4"
                     chunkmapSize="5">
          A/8D/wP/A/8D/wP/A/8D/wP/A/8D/wP/....
        </SegmentInfo>
      </Representation>
      <Representation id="tag6">
        <SegmentInfo startIndex="0" endIndex="4"
                     chunkmapSize="5">
          A/8D/wP/A/8D/wP/A/8D/wP/A/8D/wP/....
        </SegmentInfo>
      </Representation>
    </Stat>
  </StatisticsGroup>
</PPSPTrackerProtocol>`,
  statResponse: `<?xml version="1.0" encoding="UTF-8"?>
<PPSPTrackerProtocol xmlns="TBD"
                     schemaLocation="TBD"
                     version="1.0">
  <Response>SUCCESSFUL</Response>
  <TransactionID>12345</TransactionID>
</PPSPTrackerProtocol>`,
} as const;

/**
 * The slides of draft-gu-ppsp-tracker-protocol-04 (IETF 81), word for word, bullets included. All but the first
 * leave out the root's start tag, `***`, `****` and `###` stand for data, and the STAT_QUERY opens a
 * StatRequest and closes Stats.
 */
export const GU04_EXAMPLES = {
  header: `<PPSPTrackerProtocol version="***">
    <Method>****</Method>
    <TransactionID>****</TransactionID>
    ...Method specific xml information...
    </PPSPTrackerProtocol>`,
  connect: `<Method>CONNECT</Method>
<TransactionID>***</TransactionID>
<PeerID>****</PeerID>
<Cer>****</Cer>
</PPSPTrackerProtocol>`,
  disconnect: `<Method>DISCONNECT</Method>
<TransactionID>***</TransactionID>
<PeerID>****</PeerID>
<Cer>****</Cer>
</PPSPTrackerProtocol>`,
  join: `<Method>JOIN</Method>
<TransactionID>***</TransactionID>
<PeerID>***</PeerID>
<SwarmID>***</SwarmID>
<ExpireTime>***</ExpireTime>
</PPSPTrackerProtocol>`,
  leave: `<Method>LEAVE</Method>
<TransactionID>****</TransactionID>
<PeerID>****</PeerID>
<SwarmID>****</SwarmID>
</PPSPTrackerProtocol>`,
  find: `<Method>FIND</Method>
<TransactionID>***</TransactionID>
<PeerID>***</PeerID>
<SwarmID>***</SwarmID>
<ChunkID>***</ChunkID>
<Peernum>***</Peernum>
<Stats>
<Stat property="***">***</Stat>
 ... more stats ...
</Stats>
</PPSPTrackerProtocol>`,
  findResponse: `<Response>FIND</Response>
  <TransactionID>***</TransactionID>
  <SwarmID>***</SwarmID>
  <ChunkID>***</ChunkID>
  <Peers>
    Peer list
  </Peers>
  </PPSPTrackerProtocol>`,
  keepalive: `- <Method>KEEPALIVE</Method>
 <TransactionID>***</TransactionID>
 <PeerID>***</PeerID>
- -Sent from peer to tracker

</PPSPTrackerProtocol>`,
  statQuery: `<Method>STAT QUERY</Method>
  <TransactionID>***</TransactionID>
  <PeerID>###</PeerID>
  <StatRequest>
   <Stat property="***"></Stat>
    ... more stats ...
  </Stats>
  </PPSPTrackerProtocol>`,
  statAnswer: `<RESPONSE>STAT QUERY</RESPONSE>
  <TransactionID>***</TransactionID>
  <PeerID>###</PeerID>
  <Stats>
   <Stat property="***">***</Stat>
    ... more stats ...
  </Stats>
  </PPSPTrackerProtocol>`,
} as const;

/**
 * draft-gu-ppsp-tracker-protocol-06 §4.4 to §4.10, word for word but for lines broken by the page, which end in
 * a space there. JOIN and LEAVE lack the last `>`; `#` and `h` stand for digits.
 */
export const GU06_EXAMPLES = {
  connect: `<?xml version="1.0" encoding="UTF-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>CONNECT</Method>
         <PeerID>***</PeerID>
         <Auth mechanism="SECURID" />                   <!-- SASL -->
         <Credentials>AG1hZ251cwAxMjM0NT=</Credentials> <!-- SASL -->
         <TransactionID>###</TransactionID>
         <PeerAddresses>
            <PeerAddress ip="##.##.##.##" port="###"
                         priority="***" type="***"/>
            <PeerAddress ip="hh:hh:hh:hh:hh:hh:hh:hh" port="###"
                         priority="***" type="***"/>
         </PeerAddresses>
      </PPSPTrackerProtocol>`,
  connectResponse: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Response>OK</Response>
         <AuthToken>***</AuthToken>          <!-- SASL -->
         <ReflexiveAddress ip="##.##.##.##"
                        port="###" />                  <!-- IPv4 -->
         <ReflexiveAddress ip="hh:hh:hh:hh:hh:hh:hh:hh"
                        port="###" />                  <!-- IPv6 -->
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol>`,
  disconnect: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>DISCONNECT</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol>`,
  okResponse: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Response>OK</Response>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol>`,
  join: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>JOIN</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <SwarmID>***</SwarmID>
         <PeerMode>***</PeerMode>
         <Stats>                            <!-- opt: NAT traversal -->
            <Stat property="STUN">true</Stat>
         </Stats>
         <PeerNum>###</PeerNum>        <!-- opt: maximum candidates -->
         <Clip>                                <!-- opt: JOIN Chunk -->
            <Name>***</Name>
            <ChunkSegments type="***">
               <Segment from="###" />
            </ChunkSegments>
         </Clip>
         <ExpireTime>###</ExpireTime>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol`,
  joinResponse: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Response>OK</Response>
         <SwarmID>***</SwarmID>
         <PeerInfoList>               <!-- case PeerMode=LEECH -->
   	<PeerInfo>
     	   <PeerID>***</PeerID>
     	   <PeerMode>***</PeerMode>
               <PeerAddresses>
                  <PeerAddress ip="##.##.##.##" port="###" />
                  <PeerAddress ip="hh:hh:hh:hh:hh:hh:hh:hh"
                               port="###" />
   	          ... more addresses ...
               </PeerAddresses>
     	   <PeerLocation>***</PeerLocation>
     	   <ConnectionType>***</ConnectionType>
     	   <EndPointRankCost>###</EndPointRankCost>
   	</PeerInfo>
   	<PeerInfo>
     	... Other peer info ...
   	</PeerInfo>
         </PeerInfoList>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol>`,
  leave: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>LEAVE</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <SwarmID>***</SwarmID>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol`,
  find: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>FIND</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <SwarmID>***</SwarmID>
         <PeerNum>###</PeerNum>        <!-- opt: maximum candidates -->
         <Stats>                            <!-- opt: NAT traversal -->
            <Stat property="STUN">true</Stat>
         </Stats>
         <Clip>                               <!-- opt: find chunks -->
            <Name>***</Name>
            <ChunkSegments type="***">
               <Segment from="###" to="###" />
            </ChunkSegments>
         </Clip>
         <TransactionID>###</TransactionID>
     </PPSPTrackerProtocol>`,
  findResponse: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Response>OK</Response>
         <SwarmID>***</SwarmID>
         <TransactionID>###</TransactionID>
         <PeerInfoList>
   	<PeerInfo>
     	   <PeerID>***</PeerID>
     	   <PeerMode>***</PeerMode>
               <PeerAddresses>
                  <PeerAddress ip="##.##.##.##" port="###" />
                  <PeerAddress ip="hh:hh:hh:hh:hh:hh:hh:hh"
                               port="###" />
   	          ... more addresses ...
               </PeerAddresses>
     	   <PeerLocation>***</PeerLocation>
     	   <ConnectionType>***</ConnectionType>
     	   <EndPointRankCost>###</EndPointRankCost>
   	</PeerInfo>
   	<PeerInfo>
     	... Other peer info ...
   	</PeerInfo>
         </PeerInfoList>
      </PPSPTrackerProtocol>`,
  statReport: `<?xml version="1.0" encoding="utf-8"?>
      <PPSPTrackerProtocol version="#.#">
         <Method>STAT_REPORT</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <TransactionID>###</TransactionID>
         <Stats>
            <Stat property="ChunkMap">
               <report:ChunkMapReport>
                  <SwarmID>***</SwarmID>
                  <Clip>
                     <Name>***</Name>
                     <ChunkSegments type="video">
                        <Segment from="###" to="###"
                              bitmapsize="###">
                        ... encoded string ...
                        </Segment>
                     </ChunkSegments>
                  </Clip>
                </report:ChunkMapReport>
            </Stat>
            <Stat property="StreamStats">
               <report:StreamStatsReport>
                  <SwarmID>***</SwarmID>
                  <UploadedBytes>###</UploadedBytes>
                  <DownloadedBytes>###</DownloadedBytes>
                  <AvailBandwidth>###</AvailBandwidth>
               </report:StreamStatsReport>
            </Stat>
         </Stats>
      </PPSPTrackerProtocol>`,
  keepalive: `<?xml version="1.0" encoding="UTF-8"?>
      <PPSPTrackerProtocol version="#.#" >
         <Method>KEEPALIVE</Method>
         <PeerID>***</PeerID>
         <AuthToken>***</AuthToken>
         <TransactionID>###</TransactionID>
      </PPSPTrackerProtocol>`,
} as const;
