import Testing

@Suite("What a statement binds to a book")
struct BookBindingTests {
    @Test(
        "is counted for each table it touches",
        arguments: [
            ("SELECT a FROM payment WHERE book = $1 AND id = $2", 1, 1),
            ("SELECT a FROM payment WHERE book = ?1", 1, 1),
            ("SELECT a FROM payment WHERE id = $1", 1, 0),
            ("SELECT payment FROM head WHERE book = $1", 0, 1),
            ("SELECT a FROM payment p JOIN posting q ON q.book = p.book WHERE p.book = $1", 2, 2),
            ("SELECT a FROM payment p JOIN posting q ON q.payment = p.id WHERE p.book = $1", 2, 1),
            ("SELECT a FROM payment WHERE book = $1 AND NOT EXISTS (SELECT 1 FROM posting WHERE payment = 1)", 2, 1),
            ("SELECT a FROM payment WHERE book = $10", 1, 0),
            ("INSERT INTO payment (book, id) SELECT $1, u.* FROM unnest($2) AS u", 1, 1),
            ("INSERT INTO payment (book, id) VALUES ($1, $2)", 1, 1),
            ("INSERT INTO payment (id) VALUES ($2)", 1, 0),
            (
                "UPDATE payment t SET a = 1 FROM (SELECT 1 FROM payment r WHERE r.book = $1) AS u WHERE t.book = $1", 2,
                2
            ),
            ("DELETE FROM payment WHERE id = $2", 1, 0),
        ])
    func counts(sql: String, tables: Int, books: Int) {
        let binding = BookBinding(of: sql, tables: ["payment", "posting"])
        #expect(binding.tables == tables && binding.books == books, "\(binding)")
    }
}
