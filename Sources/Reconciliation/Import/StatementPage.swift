import EventLog
import Ledger
import Storage

/// Some lines of a file that are booked in one unit of work. The same file always has the same pages' lines in the same
/// order, so that an import that was broken off goes on at the right one.
struct StatementPage: Sendable {
    /// How many lines of the statement are booked before this page, and after it.
    let start: Int64
    let end: Int64
    private let part: Part

    private enum Part: Sendable {
        /// Lines of one name are together.
        case settlement([[SettlementLine]])
        case bank([BankLine])
    }

    /// - Parameters:
    ///   - start: Lines booked before the first of the file's own.
    ///   - lineCount: How many lines a page has at least, unless it is the last.
    static func pages(of content: StatementContent, from start: Int64, lineCount: Int) -> [StatementPage] {
        switch content {
        case .settlement(let content):
            let groups = LineGroup.of(content.lines).map { group in group.places.map { content.lines[$0] } }
            return pages(of: groups, from: start, lineCount: lineCount, size: \.count) { .settlement($0) }
        case .bank(let content):
            return pages(of: content.lines, from: start, lineCount: lineCount, size: \.one) { .bank($0) }
        }
    }

    private static func pages<Unit>(
        of units: [Unit], from start: Int64, lineCount: Int, size: (Unit) -> Int, part: ([Unit]) -> Part
    ) -> [StatementPage] {
        var pages: [StatementPage] = []
        var (place, gathered, count) = (start, [Unit](), 0)
        for (index, unit) in units.enumerated() {
            gathered.append(unit)
            count += size(unit)
            guard count >= lineCount || index == units.count - 1 else { continue }
            pages.append(StatementPage(start: place, end: place + Int64(count), part: part(gathered)))
            (place, gathered, count) = (place + Int64(count), [], 0)
        }
        return pages
    }

    func book(
        _ statement: Statement, _ terms: SettlementTerms, context: EventContext, in work: inout UnitOfWork
    ) throws {
        switch part {
        case .settlement(let groups):
            let booking = SettlementBooking(statement: statement, terms: terms, context: context)
            for lines in groups { try booking.book(lines, in: &work) }
        case .bank(let lines):
            let booking = BankBooking(statement: statement, bank: terms.bank, context: context)
            for line in lines { try booking.book(line, in: &work) }
        }
    }

    /// What booking it will look for first.
    func expectedKeys(at account: PathSegment) -> [ExpectedKey] {
        switch part {
        case .settlement(let groups):
            return groups.map { lines in
                let name = PairKey(account.text, lines[0].providerReference.text)
                return .group(ExpectedMovement.byProviderReference, name)
            }
        case .bank(let lines):
            return lines.compactMap { line in line.remittance.map { .group(Remittance.byReference, $0.text) } }
        }
    }
}

extension BankLine {
    /// A bank's line stands for itself.
    fileprivate var one: Int { 1 }
}
