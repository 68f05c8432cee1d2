import Foundation

/// Long tests: many seeds, many crashes. They run when somebody asks for them (`make soak`), not before every change.
///
/// A suite with `Soak` in its name says `.enabled(if: Soak.isRequested, "a long test: make soak")`.
package enum Soak {
    package static let isRequested = ProcessInfo.processInfo.environment["SUMMA_SOAK"] == "1"
}
