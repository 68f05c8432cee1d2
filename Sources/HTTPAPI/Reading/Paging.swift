import JSON
import Storage

/// Which part of a list is asked for: at most `limit` items after a cursor.
package struct PageRequest: Hashable, Sendable {
    package static let limitDefault = 50
    package static let limitMax = 200

    package let limit: Int
    /// Where the page before ended; nil for the first.
    package let after: Int64?
}

/// Where a page ended, as callers carry it: opaque, so that what it is made of may change.
enum PageCursor {
    static func text(after position: Int64) -> String {
        Base64.url.encode(Array("a\(position)".utf8))
    }

    static func position(_ text: String) -> Int64? {
        guard let bytes = Base64.url.decode(text), bytes.first == UInt8(ascii: "a") else { return nil }
        return Int64(plainDigits: String(decoding: bytes.dropFirst(), as: UTF8.self))
    }
}

extension QueryFields {
    package mutating func page() throws(Problem) -> PageRequest {
        let limit = try value("limit", "a whole number from 1 to \(PageRequest.limitMax)") { text in
            Int64(plainDigits: text).flatMap { 1...Int64(PageRequest.limitMax) ~= $0 ? Int($0) : nil }
        }
        let after = try value("cursor", "the next_cursor of a page", PageCursor.position)
        return PageRequest(limit: limit ?? PageRequest.limitDefault, after: after)
    }
}

extension PageRequest {
    /// One more than asked for: whether it comes tells if there is a next page.
    package var readCount: Int { limit + 1 }

    /// The page as it is told: `{"items": […], "next_cursor": …, "as_of": …}`.
    package func body<Item>(
        _ items: [Item], asOf: Int64, position: (Item) -> Int64, write: (Item, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.beginArray("items")
        for item in items.prefix(limit) { write(item, &json) }
        json.endArray()
        if items.count > limit {
            json.field("next_cursor", PageCursor.text(after: position(items[limit - 1])))
        } else {
            json.null("next_cursor")
        }
        json.field("as_of", asOf)
        json.endObject()
        return json.takeBytes()
    }
}
