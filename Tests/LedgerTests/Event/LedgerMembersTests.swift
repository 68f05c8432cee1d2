import EventLog
import JSON
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("What an event tells of the ledger")
struct LedgerMembersTests {
    private func read(_ text: String) throws -> LedgerMembers {
        var fields = try JSONFields(JSONValue(parsing: text))
        let members = try LedgerMembers(from: &fields)
        try fields.finish()
        return members
    }

    private func transaction(
        _ changes: [String: String?] = [:],
        postings: String = #"[{"account":"a:EUR","debit":1},{"account":"b:EUR","credit":1}]"#
    ) -> String {
        var members: [(String, String?)] = [
            ("id", #""ltx_34y9r7bw1h002""#), ("phase", #""posted""#), ("reason", #""capture""#), ("parent", nil),
            ("booked", #""2026-03-31""#), ("valued", nil), ("expires_at", nil), ("hold", nil), ("postings", postings),
        ]
        for index in members.indices {
            if let change = changes[members[index].0] { members[index].1 = change }
        }
        let text = members.compactMap { name, value in value.map { #""\#(name)":\#($0)"# } }.joined(separator: ",")
        return #"{"ledger":[{\#(text)}]}"#
    }

    @Test("is read from an event that tells nothing of it")
    func nothing() throws {
        #expect(try read("{}") == LedgerMembers())
    }

    @Test("counts funds from the booking date unless another day is said")
    func valueDate() throws {
        #expect(try read(transaction()).transactions[0].valueDate.description == "2026-03-31")
        let later = try read(transaction(["valued": #""2026-04-02""#]))
        #expect(later.transactions[0].valueDate.description == "2026-04-02")
    }

    @Test(
        "names the member that is not as published",
        arguments: [
            ("id", #""pay_34y9r7bw1h002""#, "ledger[0].id"), ("id", #""ltx_34y9r7bw1h00""#, "ledger[0].id"),
            ("phase", #""pend""#, "ledger[0].phase"), ("phase", #""pending""#, "ledger[0].hold"),
            ("hold", #""mirror""#, "ledger[0].hold"), ("reason", #""whim""#, "ledger[0].reason"),
            ("parent", #""acc_34y9r7bw1h002""#, "ledger[0].parent"), ("booked", #""2026-02-30""#, "ledger[0].booked"),
            ("valued", #""soon""#, "ledger[0].valued"), ("expires_at", #""2026-04-01""#, "ledger[0].expires_at"),
        ])
    func malformed(member: String, value: String, path: String) {
        #expect(throws: EventRejection.malformed(path)) { try read(transaction([member: value])) }
    }

    @Test(
        "refuses legs that are none",
        arguments: [
            (#"[]"#, "ledger[0].postings"), (#"[{"account":"a:EUR","debit":1}]"#, "ledger[0].postings"),
            (#"[{"account":"a:EUR","debit":1},{"account":"b","credit":1}]"#, "ledger[0].postings[1].account"),
            (#"[{"account":"a:EUR"},{"account":"b:EUR","credit":1}]"#, "ledger[0].postings[0].debit"),
            (
                #"[{"account":"a:EUR","debit":1,"credit":1},{"account":"b:EUR","credit":1}]"#,
                "ledger[0].postings[0].debit"
            ),
            (#"[{"account":"a:EUR","debit":1},{"account":"b:EUR","credit":0}]"#, "ledger[0].postings[1].credit"),
            (#"[{"account":"a:EUR","debit":-1},{"account":"b:EUR","credit":1}]"#, "ledger[0].postings[0].debit"),
            (
                #"[{"account":"a:EUR","debit":1,"item":"ref_34y9r7bw1h002"},{"account":"b:EUR","credit":1}]"#,
                "ledger[0].postings[0].item"
            ),
        ])
    func postings(text: String, path: String) {
        #expect(throws: EventRejection.malformed(path)) { try read(transaction(postings: text)) }
    }

    @Test("refuses members nobody published, at any depth")
    func unknown() {
        let account = #"{"id":"acc_34y9r7bw1h002","path":"a:EUR","type":"asset","exponent":2,"x":1}"#
        #expect(throws: JSONFieldError.self) { try read(#"{"accounts":[\#(account)]}"#) }
        let leg = #"[{"account":"a:EUR","debit":1,"x":1},{"account":"b:EUR","credit":1}]"#
        #expect(throws: JSONFieldError.self) { try read(transaction(postings: leg)) }
    }

    @Test("refuses an exponent no currency has", arguments: [-1, 10, Int64.max])
    func exponent(exponent: Int64) {
        let account = #"{"id":"acc_34y9r7bw1h002","path":"a:EUR","type":"asset","exponent":\#(exponent)}"#
        #expect(throws: EventRejection.malformed("accounts[0].exponent")) {
            try read(#"{"accounts":[\#(account)]}"#)
        }
    }
}

@Suite("An open item")
struct OpenItemTests {
    @Test("reads as the thing it names", arguments: OpenItem.Kind.allCases)
    func text(kind: OpenItem.Kind) throws {
        let item = OpenItem(kind, 3_635_087_905_524_648_449)
        #expect(item.description.hasPrefix(kind.prefix + "_"))
        #expect(item.description.count == 17)
        #expect(OpenItem(text: item.description) == item)
    }

    @Test(
        "is none for another prefix, length or letter",
        arguments: [
            "", "pay", "pay_", "rfd_34y9r7bw1h002", "pay_34y9r7bw1h00", "pay_34y9r7bw1h0022", "pay_34y9r7bw1hu02",
            "PAY_34y9r7bw1h002", "pay-34y9r7bw1h002",
        ])
    func refuses(text: String) {
        #expect(OpenItem(text: text) == nil)
    }
}
