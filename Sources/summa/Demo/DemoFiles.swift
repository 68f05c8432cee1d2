import JSON

/// A business day's files: closed at the sandbox, fetched as a merchant's backend would, handed in.
struct DemoFiles: Sendable {
    let sandbox: SandboxClient
    let operators: APIClient

    /// A day's files with what was planted into them.
    struct Day: Sendable {
        let date: String
        let settlement: [UInt8]
        let bank: [UInt8]
        let planted: [JSONValue]
    }

    func close(_ date: String, faults: UInt64?) async throws -> Day {
        try await sandbox.closeDay(date, faults: faults)
        return Day(
            date: date, settlement: try await sandbox.settlementFile(of: date),
            bank: try await sandbox.bankFile(of: date), planted: try await sandbox.planted(on: date))
    }

    /// Hands both files in. A file that was handed in before is one import.
    func reconcile(_ day: Day) async throws {
        for file in [day.settlement, day.bank] {
            _ = try await operators.postStatement(file, providerAccount: "sandbox", format: nil)
        }
    }
}

/// The closing balances a bank's file states, by currency, in minor units as the API counts them.
struct BankClosing {
    let balances: [String: String]

    /// Reads the `closing` records of the sandbox's bank file: decimal amounts, as they stand there.
    init(_ file: [UInt8]) {
        var balances: [String: String] = [:]
        for line in String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if fields.first == "closing", fields.count > 4 { balances[fields[4]] = fields[3] }
        }
        self.balances = balances
    }
}
