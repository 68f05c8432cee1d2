import JSON
import Testing

/// A file as a merchant reads it: records of named columns. Says nothing of how the sandbox wrote it.
struct ReadFile: Sendable {
    typealias Record = [String: String]

    let all: [Record]

    init(_ text: String) throws {
        var lines = text.components(endingWith: "\r\n")
        #expect(lines.last == "", "the last record is ended too")
        lines.removeLast()
        let columns = lines.removeFirst().split(separator: ",").map(String.init)
        all = try lines.map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == columns.count, "\(line)")
            return Dictionary(uniqueKeysWithValues: zip(columns, fields))
        }
    }

    func records(_ kind: String) -> [Record] { all.filter { $0["record"] == kind } }
    var items: [Record] { records("item") }

    /// Minor units of a decimal text, read digit by digit.
    static func minor(_ text: String?) throws -> Int64 {
        try #require(Int64((text ?? "").filter { $0 != "." }))
    }
}

extension ReadFile {
    /// A settlement file's own promises: net is gross less fee, remittances are the sums of their items, lines count up.
    func checkSums() throws {
        #expect(all.first?["record"] == "header" && all.last?["record"] == "trailer")
        #expect(records("trailer").map { $0["line"] } == [String(items.count)])
        #expect(items.map { $0["line"] } == (1...max(1, items.count)).prefix(items.count).map(String.init))
        for item in items {
            let net = try Self.minor(item["net"])
            #expect(net == (try Self.minor(item["gross"])) - (try Self.minor(item["fee"])))
        }
        #expect(Set(items.map { $0["remittance"] }) == Set(records("remittance").map { $0["remittance"] }))
        for remittance in records("remittance") {
            let own = items.filter { $0["remittance"] == remittance["remittance"] }
            #expect(remittance["line"] == String(own.count))
            #expect(own.allSatisfy { $0["currency"] == remittance["currency"] })
            for column in ["gross", "fee", "net"] {
                let sum = try own.reduce(0) { try $0 + Self.minor($1[column]) }
                #expect(try Self.minor(remittance[column]) == sum)
            }
        }
    }

    /// A bank file's: it opens where the last one closed, and closing is opening plus lines.
    func checkSums(from balances: [String: Int64]) throws {
        #expect(all.first?["record"] == "header" && all.last?["record"] == "trailer")
        #expect(records("trailer").map { $0["amount"] } == [String(records("line").count)])
        for opening in records("opening") {
            #expect(try Self.minor(opening["amount"]) == balances[opening["currency"] ?? ""] ?? 0)
        }
        for closing in records("closing") {
            let own = (records("opening") + records("line")).filter { $0["currency"] == closing["currency"] }
            #expect(try Self.minor(closing["amount"]) == own.reduce(0) { try $0 + Self.minor($1["amount"]) })
        }
    }
}

extension RunningSandbox {
    func closeDay(_ body: String = "{}") async throws -> (settlement: ReadFile, bank: ReadFile) {
        try await files(of: try await caller.post("/v1/files/close_day", body, key: nil))
    }

    func files(of closed: SandboxCaller.Answer) async throws -> (settlement: ReadFile, bank: ReadFile) {
        let day = try #require(closed["date"]?.string)
        let bankDate = try #require(closed["bank_date"]?.string)
        return (
            try ReadFile(try await caller.get("/v1/files/settlement?date=\(day)").text),
            try ReadFile(try await caller.get("/v1/files/bank?date=\(bankDate)").text)
        )
    }
}

extension String {
    fileprivate func components(endingWith separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let end = rest.range(of: separator) {
            parts.append(String(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return parts + [String(rest)]
    }
}
