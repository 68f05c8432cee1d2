/// Where in a JSON text a value stands: `data.postings[0].amount`.
///
/// Built only from what the reader has walked through, and turned into text only when somebody is to be told.
package indirect enum JSONPath: Hashable, Sendable {
    case root
    case member(JSONPath, String)
    case element(JSONPath, Int)

    package func member(_ name: String) -> JSONPath { .member(self, name) }

    package func element(_ index: Int) -> JSONPath { .element(self, index) }
}

extension JSONPath: CustomStringConvertible {
    /// Plain names stand bare and are joined by dots; any other name is quoted in brackets as JSON writes it, so
    /// that a name with a dot or a line break in it cannot be taken for a path. The root is the empty text.
    package var description: String {
        switch self {
        case .root: ""
        case .element(let parent, let index): "\(parent)[\(index)]"
        case .member(.root, let name) where JSONPath.isPlain(name): name
        case .member(let parent, let name) where JSONPath.isPlain(name): "\(parent).\(name)"
        case .member(let parent, let name): "\(parent)[\(JSONPath.quoted(name))]"
        }
    }

    /// A stranger chose the name: what is told back is bounded.
    private static let nameLengthMax = 64

    private static func isPlain(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= nameLengthMax else { return false }
        return name.utf8.allSatisfy { Ascii.isLetterOrDigit($0) || $0 == Ascii.underscore || $0 == Ascii.minus }
    }

    private static func quoted(_ name: String) -> String {
        let shown = name.unicodeScalars.prefix(nameLengthMax)
        let isWhole = shown.endIndex == name.unicodeScalars.endIndex
        return JSONValue.string(isWhole ? name : String(shown) + "…").text
    }
}
