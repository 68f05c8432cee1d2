import Foundation
import HTTPAPI
import JSON
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Problems")
struct ProblemTests {
    @Test("are listed in docs/errors.md as the table has them; SUMMA_WRITE_PAGES=1 writes it anew")
    func page() throws {
        let file = try ProjectFile(path: "docs/errors.md")
        if ProcessInfo.processInfo.environment["SUMMA_WRITE_PAGES"] != nil { try file.write(ErrorsPage.text) }
        #expect(file.text == ErrorsPage.text)
    }

    @Test("have names for programs, and statuses of their class", arguments: ProblemCode.allCases)
    func entries(code: ProblemCode) {
        #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
        #expect((400...599).contains(code.entry.status))
        #expect(!code.entry.title.hasSuffix(".") && code.entry.meaning.hasSuffix("."))
        // What is our fault or our load may be tried again; what is wrong with the request stays wrong.
        #expect(code.entry.isRetryable == (code.entry.status >= 500))
    }

    @Test("have a title each of their own")
    func titles() {
        #expect(Set(ProblemCode.allCases.map(\.entry.title)).count == ProblemCode.allCases.count)
    }

    @Test("are documents of RFC 9457 with our members")
    func document() throws {
        let request = RequestID(rawValue: 1)
        let problem = Problem(.amountNotPositive, "amount must be 1 or more", param: "amount")
        let text = String(decoding: problem.body(request: request), as: UTF8.self)
        #expect(
            text
                == #"{"type":"urn:summa:problem:amount_not_positive","title":"An amount is not positive","status":400,"#
                + #""detail":"amount must be 1 or more","code":"amount_not_positive","param":"amount","#
                + #""retryable":false,"request_id":"req_0000000000001"}"#)
        #expect(ErrorsPage.text.contains(#""title":"An amount is not positive","status":400"#))
    }

    @Test("mask a card number whatever sentence it came in by")
    func masked() {
        let problem = Problem(.memberInvalid, "not 4111111111111111", param: "4111111111111111")
        let text = String(decoding: problem.body(request: RequestID(rawValue: 1)), as: UTF8.self)
        #expect(!text.contains("4111111111111111"))
    }

    @Test("tell of our faults that they are ours, and nothing else")
    func faults() {
        struct Surprise: Error { let secret = "sk_test_1_secret" }
        let problem = Problem(Surprise())
        #expect(problem.code == .internalFault)
        #expect(problem.isFault)
        #expect(!String(decoding: problem.body(request: RequestID(rawValue: 1)), as: UTF8.self).contains("secret"))
        #expect(Problem(StorageFault.sqlite(code: 19, message: "secret")).detail == problem.detail)
    }

    @Test(
        "of the store say whether trying again helps",
        arguments: [
            (StorageFault.overloaded, ProblemCode.overloaded), (.diskFull, .storageFull), (.stopped, .shuttingDown),
            (.unknownBook(.first), .internalFault),
        ])
    func storage(fault: StorageFault, code: ProblemCode) {
        #expect(Problem(fault).code == code)
        #expect(Problem(fault).isFault == [.storageFull, .internalFault].contains(code))
        #expect(Problem(fault).retryAfterSeconds != nil)
    }
}
