import Foundation

extension BenchPlace {
    /// The plain ledger on the database that is measured.
    func baseline() throws -> any BaselineLedger {
        if let store { throw CommandFailure("\(store): there is no plain ledger on this database") }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return try BaselineSQLiteStore(path: "\(directory)/baseline.sqlite")
    }
}
