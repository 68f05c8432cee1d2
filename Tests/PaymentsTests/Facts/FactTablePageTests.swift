import Foundation
import Testing

@Suite("The page of facts")
struct FactTablePageTests {
    private var projectRoot: URL {
        // Tests/PaymentsTests/Facts/ and this file's name lie below it.
        (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    }

    /// With `SUMMA_WRITE_DOCS=1` in the environment the page is written instead of compared.
    @Test("says what the program does")
    func current() throws {
        let file = projectRoot.appendingPathComponent(FactTablePage.path)
        if ProcessInfo.processInfo.environment["SUMMA_WRITE_DOCS"] == "1" {
            try FactTablePage.markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(
            page == FactTablePage.markdown, "write it anew: SUMMA_WRITE_DOCS=1 swift test --filter FactTablePageTests")
    }
}
