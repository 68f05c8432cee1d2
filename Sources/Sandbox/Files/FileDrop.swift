import Foundation

/// Puts a closed day's files into a directory: each whole, under its name, or not at all.
struct FileDrop {
    let directory: String

    func write(_ closed: ClosedDay) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write(closed.settlement, as: "settlement-\(closed.day).csv")
        try write(closed.bank, as: "bank-\(closed.bankDate).csv")
        try write(closed.planted, as: "planted-\(closed.day).json")
    }

    private func write(_ text: String, as name: String) throws {
        let place = URL(fileURLWithPath: directory).appendingPathComponent(name)
        try Data(text.utf8).write(to: place, options: .atomic)
    }
}
