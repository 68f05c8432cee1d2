import Storage

/// An account as its events add up.
struct FoldedAccount {
    private(set) var id = AccountID(rawValue: 0)
    private(set) var type = AccountType.asset
    private(set) var exponent = 0
    private(set) var isControl = true
    private(set) var tracksItems = false
    private(set) var floor: Int64?
    private(set) var ceiling: Int64?
    private(set) var status = AccountStatus.open
    /// Whether it was written and never opened: then nothing is known of it but its counters.
    private(set) var isAdopted = true
    private(set) var debits = Counters()
    private(set) var credits = Counters()

    /// One side's counters. 128 bits, so that no log can make them trap.
    struct Counters: Hashable {
        var posted: Int128 = 0
        var pending: Int128 = 0

        var isInRange: Bool { posted >= 0 && pending >= 0 && posted + pending <= Int128(Int64.max) }
    }

    init() {}

    init(_ opened: OpenedAccount) {
        id = opened.id
        type = opened.type
        exponent = opened.exponent
        isControl = opened.isControl
        tracksItems = opened.tracksItems
        floor = opened.floor
        ceiling = opened.ceiling
        isAdopted = false
    }

    var isInRange: Bool { debits.isInRange && credits.isInRange }

    /// What may be spent: posted less outgoing holds.
    var available: Int128 { increasing.posted - decreasing.posted - decreasing.pending }
    /// Posted with every hold.
    var pending: Int128 { increasing.posted + increasing.pending - decreasing.posted - decreasing.pending }

    private var increasing: Counters { type.normalSide == .debit ? debits : credits }
    private var decreasing: Counters { type.normalSide == .debit ? credits : debits }

    mutating func change(_ change: AccountChange) {
        switch change {
        case .freeze: status = .frozen
        case .unfreeze: status = .open
        case .close: status = .closed
        case .limit(let floor, let ceiling):
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    mutating func count(_ posting: LoggedPosting, _ phase: LedgerPhase) {
        let amount = Int128(posting.minorUnits)
        let posted = phase.isPosted ? amount : 0
        let pending = phase == .pending ? amount : phase.endsHold ? -amount : 0
        switch posting.side {
        case .debit: debits = Counters(posted: debits.posted + posted, pending: debits.pending + pending)
        case .credit: credits = Counters(posted: credits.posted + posted, pending: credits.pending + pending)
        }
    }
}

/// An item of an account as its postings add up.
struct FoldedItem {
    private(set) var debits: Int128 = 0
    private(set) var credits: Int128 = 0

    struct Key: Hashable {
        let path: AccountPath
        let item: OpenItem
    }

    mutating func count(_ posting: LoggedPosting) {
        switch posting.side {
        case .debit: debits += Int128(posting.minorUnits)
        case .credit: credits += Int128(posting.minorUnits)
        }
    }

    mutating func add(debits: Int64, credits: Int64) {
        self.debits += Int128(debits)
        self.credits += Int128(credits)
    }
}
