import EventLog
import JSON

package struct WorkItemResolved: EventContent, Hashable {
    package static let type = "summa.work_item.resolved"
    package static let meaning = "Something that waited for a person waits no longer."
    package static let subjectMeaning = "the work item"
    package static let fields = [
        EventField("resolution", .oneOf(WorkItemResolution.allCases.map(\.rawValue)), "how it ended")
    ]
    package static let example = WorkItemResolved(item: WorkItemID(rawValue: 1 << 61), resolution: .settled)

    package let item: WorkItemID
    package let resolution: WorkItemResolution

    package var subject: String { item.description }

    package init(item: WorkItemID, resolution: WorkItemResolution) {
        self.item = item
        self.resolution = resolution
    }

    package func write(to data: inout JSONWriter) {
        data.field("resolution", resolution.rawValue)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let item = WorkItemID(text: subject) else { throw EventRejection.malformed("subject") }
        self.item = item
        resolution = try data.logged("resolution", WorkItemResolution.init(rawValue:))
    }
}
