import JSON
import Storage

/// Which part of a list is asked for: at most `limit` items after a position.
package struct PageRequest<Position: Sendable>: Sendable {
    package let limit: Int
    /// Where the page before ended; nil for the first.
    package let after: Position?

    /// One more than asked for: whether it comes tells if there is a next page.
    package var readCount: Int { limit + 1 }
}

package enum PageLimits {
    package static let standard = 50
    package static let max = 200
}

extension QueryFields {
    /// Reads `limit` and `cursor`, where positions are texts of this form.
    package mutating func page<Position: Sendable>(
        _ position: (String) -> Position?
    ) throws(Problem) -> PageRequest<Position> {
        let limit = try value("limit", "a whole number from 1 to \(PageLimits.max)") { text in
            Int64(plainDigits: text).flatMap { 1...Int64(PageLimits.max) ~= $0 ? Int($0) : nil }
        }
        let after = try value("cursor", "the next_cursor of a page") { PageCursor.position($0).flatMap(position) }
        return PageRequest(limit: limit ?? PageLimits.standard, after: after)
    }

    /// The same, where positions are identifiers.
    package mutating func page<ID: Identifier>(by id: ID.Type) throws(Problem) -> PageRequest<ID> {
        try page { ID(text: $0) }
    }
}

/// Where a page ended, as callers carry it: opaque, so that what it is made of may change.
enum PageCursor {
    static func text(_ position: String) -> String { Base64.url.encode(Array(position.utf8)) }

    static func position(_ text: String) -> String? {
        Base64.url.decode(text).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension PageRequest {
    /// The page as it is told: `{"items": […], "next_cursor": …, "as_of": …}`.
    /// - Parameter items: At most `readCount` of them.
    /// - Parameter position: The text of an item's position, which `after` is read from.
    package func body<Item>(
        _ items: [Item], asOf: Int64, position: (Item) -> String, write: (Item, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.beginArray("items")
        for item in items.prefix(limit) {
            json.beginObject()
            write(item, &json)
            json.endObject()
        }
        json.endArray()
        if items.count > limit {
            json.field("next_cursor", PageCursor.text(position(items[limit - 1])))
        } else {
            json.null("next_cursor")
        }
        json.field("as_of", asOf)
        json.endObject()
        return json.takeBytes()
    }
}
