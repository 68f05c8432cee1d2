/// The rules about what may not be written, as a table. Words a reader might search the project for are written with
/// a bracket or an interpolation here, so that this file is not the one place where they are found.
extension Rule {
    static let all: [Rule] = [
        floatingPoint, clockAndRandomness, traps, unfinished, sqlOutsideStores, postingTable, postingWriters,
        emptyNames,
        versionedNames,
    ]

    private static let moneyPath = ["Money", "Ledger", "Payments", "Reconciliation"]

    static let floatingPoint = Rule(
        says: "no floating point and no Decimal where money is",
        part: .code,
        pattern: #"\b(Double|Float(16|32|64|80)?|Decimal|CGFloat)\b|(^|[^\w.$\n])[0-9][0-9_]*(\.[0-9]|[eE][+-]?[0-9])"#,
        covers: { path in moneyPath.contains { path.hasPrefix("Sources/\($0)/") } },
        plantedAt: "Sources/Money/Planted.swift",
        refuses: [
            "let rate: Double", "Float(3)", "let a: [Decimal]", "let half = 0.5", "let cent = 1e-2",
            "\"\\(Double(x))\"",
        ],
        accepts: [
            "// Double entry", "let a = \"Double\"", "DoubleEntry()", "let b = pair.0.1", "sort { $0.0 < $1.0 }",
            "0x1e5", "let c = 0...5",
        ])

    static let clockAndRandomness = Rule(
        says: "clock, randomness and waiting are passed in",
        part: .code,
        pattern:
            #"\bDate\(\)|\bDate\.now\b|\bUUID\(\)|\bTask\.sleep\b|\b(Continuous|Suspending)Clock\b|\bclock_gettime\b"#
            + #"|\bgettimeofday\b|\bSystemRandomNumberGenerator\b|\.random\((?![^\n]*using:)|\.randomElement\(\)"#
            + #"|\.shuffled\(\)|\b(usleep|nanosleep)\(|\bThread\.sleep\b"#,
        covers: { $0.hasPrefix("Sources/") },
        allowances: [
            .init(
                path: "Sources/Storage/Time/Deadline.swift",
                reason: "says when a wait or a read has taken too long; nothing that is kept depends on it"),
            .init(
                path: "Sources/summa/Edges", reason: "where clock, randomness and waiting come from, to be passed in"),
        ],
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: [
            "let now = Date()", "UUID().uuidString", "try await Task.sleep(for: .seconds(1))", "Int.random(in: 0..<3)",
            "var source = SystemRandomNumberGenerator()", "ContinuousClock.now", "usleep(10)", "items.shuffled()",
        ],
        accepts: [
            "try await sleeper.sleep(for: span)", "let now: Date", "clock.now()", "items.shuffled(using: &source)",
            "Int.random(in: 1...max(1, a), using: &source)", "let idle = UUID(bytes)",
        ])

    static let traps = Rule(
        says: "no trap for what the world may do: precondition is for bugs, errors are thrown",
        part: .code,
        pattern: #"\bfatal[E]rror\(|\btry[!]|\bas[!]"#,
        covers: { _ in true },
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: ["fatal\("Error")(\"x\")", "let a = try\("!") f()", "let b = c as\("!") D"],
        accepts: ["precondition(a > 0)", "let a = try? f()", "let b = c as? D", "// try, never"])

    static let unfinished = Rule(
        says: "nothing is left unfinished or silenced",
        part: .comments,
        pattern: #"\b(TO[D]O|FIX[M]E|HA[C]K)\b"#,
        covers: { _ in true },
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: ["// TO\("DO"): later", "/* FIX\("ME") */"],
        accepts: ["let todo = 1", "// what is to do"])

    private static let statement =
        #"\b(SELECT|INSERT (OR [A-Z]+ )?INTO|UPDATE \S+ SET|DELETE FROM|CREATE (UNIQUE )?(TABLE|INDEX|VIEW|TRIGGER)"#
        + #"|ALTER TABLE|DROP (TABLE|INDEX|VIEW|TRIGGER)|PRAGMA)\b"#

    static let sqlOutsideStores = Rule(
        says: "SQL stands only in stores and schemas, in Storage and in the sandbox, and never in HTTPAPI",
        part: .literals,
        pattern: statement,
        covers: { path in
            let isStore = path.hasSuffix("Store.swift") || path.hasSuffix("Schema.swift")
            if path.hasPrefix("Sources/HTTPAPI/") || path.hasPrefix("Sources/summa/") { return true }
            let speaks = ["Sources/Storage/", "Sources/Sandbox/", "Sources/SummaTestKit/"]
            if speaks.contains(where: path.hasPrefix) { return false }
            return path.hasPrefix("Sources/") && !isStore
        },
        allowances: [
            .init(
                path: "Sources/summa/Bench/Baseline",
                reason: "the plain ledger that ours is compared with shares nothing with it")
        ],
        plantedAt: "Sources/HTTPAPI/ChargeStore.swift",
        refuses: [
            #"rows("SELECT id FROM payment")"#, #""INSERT OR IGNORE INTO \(table)""#, #""UPDATE account SET x = 1""#,
            #""DELETE FROM posting""#, #""CREATE UNIQUE INDEX a ON b (c)""#,
        ],
        accepts: ["// SELECT … FROM", #""select one of them""#, #""Update the SET""#])

    static let postingTable = Rule(
        says: "only Ledger names the posting table",
        part: .literals,
        pattern: #"(?s)\A(?=.*"# + statement + #").*\b(posting|ledger_transaction)\b"#,
        covers: { $0.hasPrefix("Sources/") && !$0.hasPrefix("Sources/Ledger/") },
        plantedAt: "Sources/Payments/PaymentStore.swift",
        refuses: [#""SELECT * FROM posting""#, #""INSERT INTO ledger_transaction VALUES (1)""#],
        accepts: [#""posting""#, #""SELECT * FROM payment""#, #""SELECT postings_seen FROM x""#])

    static let postingWriters = Rule(
        says: "only Ledger makes postings and ledger transactions",
        part: .code,
        pattern: #"\b(PostingRow|LedgerTransaction)\s*\(|\bPostingRow\b"#,
        covers: { $0.hasPrefix("Sources/") && !$0.hasPrefix("Sources/Ledger/") },
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: ["work.insert(PostingRow(leg: 0))", "LedgerTransaction(id: id)", "find(PostingRow.self, key)"],
        accepts: [
            "LedgerTransactionDraft(reason: .fee)", "let a: LedgerTransaction", "find(LedgerTransaction.self, id)",
        ])

    private static let declaration = #"\b(struct|class|enum|actor|protocol|typealias|func|extension)\s+`?"#

    static let emptyNames = Rule(
        says: "a name says what the thing is: no Util, Helper, Common, Misc, Manager, Info",
        part: .code,
        pattern: declaration + #"(\w*(Utils?|Utilit(y|ies)|Helpers?|Common|Misc|Managers?|Info|Stuff)"#
            + #"|(utils?|utilit(y|ies)|helpers?|common|misc|managers?|info|stuff))([A-Z]\w*)?\b"#,
        covers: { _ in true },
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: [
            "struct StringUtils {", "enum Helper {", "func commonPath()", "final class BookManager {",
            "struct PaymentInfo {",
        ],
        accepts: [
            "struct Information {", "func uncommon()", "let common = 1", "FileManager.default", "struct Manageress {",
        ])

    static let versionedNames = Rule(
        says: "a move is finished or left: nothing is called New, Old, Legacy or V2",
        part: .code,
        pattern: declaration + #"(\w*(New|Old|Legacy|V[0-9]+)|(New|Old|Legacy)[A-Z]\w*)\b"#,
        covers: { _ in true },
        plantedAt: "Sources/Payments/Planted.swift",
        refuses: ["struct LedgerNew {", "class OldLedger {", "enum CodecV2 {", "struct LegacyRow {"],
        accepts: ["struct Newest {", "struct Fold {", "func hold()", "struct Renewal {", "struct BlindFold {"])
}
