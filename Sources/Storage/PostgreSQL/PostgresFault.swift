extension StorageFault {
    /// What one of PostgreSQL's error states means here.
    /// - Parameter state: Five characters, of which the first two name the class.
    init(postgres state: String, _ message: String) {
        switch state {
        case "40001", "40P01", "55P03": self = .contention(message)
        case "53100": self = .diskFull
        case "57014": self = .readTooLong
        case "57P01", "57P02", "57P03", "57P05", "25P03": self = .connectionLost(message)
        // Pages or indexes that cannot be what was written. Other internal errors are one statement's.
        case "XX001", "XX002": self = .damaged("PostgreSQL error \(state): \(message)")
        case "25006": self = .cannotOpen("this PostgreSQL server takes no writes: \(message)")
        case "42P01", "42703": self = .cannotOpen("the database has not our schema; run summa migrate: \(message)")
        default: self.init(postgresClass: state.prefix(2), state, message)
        }
    }

    private init(postgresClass: Substring, _ state: String, _ message: String) {
        switch postgresClass {
        // Constraints, values no column takes, and limits of a single row.
        case "22", "23", "54": self = .constraint(message)
        case "08", "": self = .connectionLost(message)
        default: self = .postgres(state: state, message: message)
        }
    }
}
