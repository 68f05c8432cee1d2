import EventLog
import SummaTestKit
import Testing

@Suite("The place in a trace")
struct TraceParentTests {
    private let valid = "00-12345678901234567890123456789012-1234567890123456-01"

    @Test("is read and written in version 00")
    func roundTrip() throws {
        let trace = try #require(TraceParent(header: valid))
        #expect(trace.description == valid)
        #expect(trace.flags == "01")
        let child = try #require(trace.child(parentID: "00000000000000ab"))
        #expect(child.traceID == trace.traceID)
        #expect(child.description == "00-12345678901234567890123456789012-00000000000000ab-01")
        #expect(trace.child(parentID: "0000000000000000") == nil)
    }

    @Test("of a later version is continued in ours")
    func laterVersion() {
        #expect(TraceParent(header: "cc" + valid.dropFirst(2) + "-more")?.description == valid)
    }

    @Test("is not read in upper case", arguments: ["AB345678901234567890123456789012"])
    func upperCase(traceID: String) {
        #expect(TraceParent(header: "00-\(traceID)-1234567890123456-01") == nil)
    }

    private struct Probes: Decodable {
        struct Probe: Decodable {
            let name: String
            let traceparent: [String]
            let continues: Bool
        }
        let cases: [Probe]
    }

    @Test(
        "is judged as the published headers ask",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        let probes: Probes = try SharedVectors.json("tracing/traceparent.json")
        // A header sent twice is no header; that is for who reads headers to see.
        for probe in probes.cases where probe.traceparent.count == 1 {
            #expect((TraceParent(header: probe.traceparent[0]) != nil) == probe.continues, "\(probe.name)")
        }
    }
}
