import HTTPTypes
import Hummingbird

/// Reads a body as far as its route wants it, and never further than its route allows.
enum BodyReader {
    /// The whole body.
    /// - Throws: `Problem` for the wrong content type, before a byte is read; for a body that is longer than the route takes, as soon
    ///   as that is known.
    static func read(_ request: Request, by rule: BodyRule) async throws -> [UInt8] {
        guard rule != .none else { return [] }
        let max = rule.byteCountMax
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > max {
            throw tooLarge(max)
        }
        try checkContentType(request.headers, rule)
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                guard bytes.count + part.readableBytes <= max else { throw tooLarge(max) }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            // The caller hung up, or broke the framing: nothing of ours went wrong.
            throw Problem(.bodyBroken)
        }
        if bytes.isEmpty, case .json = rule { throw Problem(.bodyMissing) }
        return bytes
    }

    private static func tooLarge(_ max: Int) -> Problem {
        Problem(.bodyTooLarge, "the body may have \(max) bytes")
    }

    private static func checkContentType(_ headers: HTTPFields, _ rule: BodyRule) throws(Problem) {
        let type = headers[.contentType].map(mediaType)
        switch rule {
        case .none: return
        case .json:
            guard type == "application/json" else { throw Problem(.contentTypeUnsupported) }
        case .optionalJSON:
            guard type == nil || type == "application/json" else { throw Problem(.contentTypeUnsupported) }
        case .bytes(_, let types):
            guard types.isEmpty || type.map(types.contains) == true else {
                throw Problem(.contentTypeUnsupported, "send one of \(types.joined(separator: ", "))")
            }
        }
    }

    /// The type without its parameters: what JSON is encoded in is not a matter of choice (RFC 8259 §8.1).
    private static func mediaType(_ field: String) -> String {
        let type = field.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased()
    }
}
