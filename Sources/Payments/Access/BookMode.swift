/// What a book is for, fixed when it is made and for ever. A live book refuses the sandbox and test keys; a test book refuses
/// everything else.
package enum BookMode: String, Hashable, Sendable, CaseIterable {
    case test
    case live
}
