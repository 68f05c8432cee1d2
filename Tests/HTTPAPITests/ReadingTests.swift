import EventLog
import HTTPAPI
import HTTPTypes
import JSON
import Money
import Storage
import Testing

@Suite("Headers that say how an answer is wanted")
struct RequestHeaderTests {
    private func call(_ fields: (HTTPField.Name, String)...) -> Call {
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
        for (name, value) in fields { head.headerFields.append(HTTPField(name: name, value: value)) }
        return Call(
            id: RequestID(rawValue: 1), route: "/", head: head, path: "/", query: "", parameters: PathParameters([:]),
            body: [])
    }

    @Test(
        "a preference to wait is read wherever it stands, and is at most 30 seconds",
        arguments: [
            ("wait=10", 10), ("wait=0", 0), ("wait=30", 30), ("wait=31", 30), ("wait=9223372036854775807", 30),
            ("WAIT=5", 5), ("wait = 5", 5), ("wait=\"5\"", 5), ("respond-async, wait=5", 5), ("wait=5;x=y", 5),
            ("return=minimal,wait=7", 7), ("wait=7, wait=9", 7),
        ] as [(String, Int64)])
    func waits(value: String, seconds: Int64) {
        #expect(call((.prefer, value)).waitSeconds == seconds)
    }

    @Test(
        "a preference that cannot be read is none",
        arguments: ["", "wait", "wait=", "wait=x", "wait=-1", "waiting=5", "wait=1.5"])
    func noWait(value: String) {
        #expect(call((.prefer, value)).waitSeconds == nil)
    }

    @Test("a trace is carried on when there is one, and dropped when it cannot be continued")
    func trace() {
        let field = HTTPField.Name("traceparent")!
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        #expect(call((field, trace)).traceparent?.description == trace)
        #expect(call((field, "00-0af7")).traceparent == nil)
        #expect(call((field, trace), (field, trace)).traceparent == nil)
    }
}

@Suite("Money in a body")
struct MoneyFieldTests {
    private func amount(_ json: String) throws -> Amount {
        var fields = try JSONFields(JSONValue(parsing: #"{"amount":\#(json),"currency":"EUR"}"#))
        let currency = try fields.currency(in: .iso)
        return try fields.amount(of: currency)
    }

    @Test(
        "is whole minor units, as a number or as digits",
        arguments: [
            ("1", 1), ("1999", 1999), ("\"1999\"", 1999), ("9223372036854775807", Int64.max),
            ("\"9223372036854775807\"", Int64.max),
        ])
    func whole(json: String, minorUnits: Int64) throws {
        #expect(try amount(json) == Amount(minorUnits: minorUnits, currency: .eur))
    }

    @Test(
        "is never guessed",
        arguments: [
            ("0", ProblemCode.amountNotPositive), ("-0", .amountNotPositive), ("-1", .amountNotPositive),
            ("\"0\"", .amountNotPositive), ("-9223372036854775808", .amountNotPositive),
            ("1.5", .integerMalformed), ("1.0", .integerMalformed), ("1e3", .integerMalformed),
            ("\"1e3\"", .integerMalformed), ("\"+1\"", .integerMalformed), ("\"007\"", .integerMalformed),
            ("\" 1\"", .integerMalformed), ("\"\"", .integerMalformed), ("\"0x10\"", .integerMalformed),
            ("9223372036854775808", .integerOutOfRange), ("1e400", .integerMalformed),
            ("\"99999999999999999999\"", .integerOutOfRange), ("null", .memberWrongType), ("true", .memberWrongType),
            ("[1]", .memberWrongType), ("{}", .memberWrongType),
        ])
    func guessed(json: String, code: ProblemCode) {
        do {
            let read = try amount(json)
            Issue.record("\(json) was read as \(read)")
        } catch {
            #expect(Problem(error).code == code)
            #expect(Problem(error).param == "amount")
        }
    }

    @Test(
        "is in a currency of the installation",
        arguments: [
            ("XYZ", ProblemCode.currencyUnknown), ("eur", .currencyUnknown), ("", .currencyUnknown),
            ("XAU", .currencyUnknown),
            ("DEM", .currencyWithdrawn), ("EUROEUROEUROEUROX", .memberTooLong),
        ])
    func currencies(code: String, problem: ProblemCode) throws {
        var fields = try JSONFields(JSONValue(parsing: #"{"currency":"\#(code)"}"#))
        do {
            _ = try fields.currency(in: .iso)
            Issue.record("\(code) was read")
        } catch {
            #expect(Problem(error).code == problem)
            #expect(Problem(error).param == "currency")
        }
    }
}

@Suite("Measures")
struct MeasureTests {
    @Test(
        "write seconds exactly",
        arguments: [
            (0, "0"), (1, "0.000001"), (500, "0.0005"), (1_000_000, "1"), (2_500_000, "2.5"), (61_000_001, "61.000001"),
        ])
    func seconds(microseconds: Int64, text: String) {
        #expect(PrometheusText.seconds(microseconds) == text)
    }

    @Test("count each duration in its bucket and all above, both ends told apart")
    func histogram() {
        var histogram = Histogram()
        for microseconds: Int64 in [0, 500, 501, 30_000_000, 30_000_001] {
            histogram.record(microseconds: microseconds)
        }
        var text = PrometheusText()
        text.histogram("x", [("route", "a\"b\\")], histogram)
        let lines = text.text.split(separator: "\n")
        #expect(lines.first == #"x_bucket{route="a\"b\\",le="0.0005"} 2"#)
        #expect(lines.contains(#"x_bucket{route="a\"b\\",le="0.001"} 3"#))
        #expect(lines.contains(#"x_bucket{route="a\"b\\",le="30"} 4"#))
        #expect(lines.contains(#"x_bucket{route="a\"b\\",le="+Inf"} 5"#))
        #expect(lines.last == #"x_count{route="a\"b\\"} 5"#)
    }

    @Test("keep of an address its network and no more")
    func networks() {
        #expect(ClientNetwork.text(ofIPv4: [203, 0, 113, 9]).text == "203.0.113.0/24")
        #expect(
            ClientNetwork.text(ofIPv6: [0x20, 1, 0x0D, 0xB8, 0, 0x77] + [UInt8](repeating: 9, count: 10)).text
                == "2001:db8:77::/48")
    }
}
