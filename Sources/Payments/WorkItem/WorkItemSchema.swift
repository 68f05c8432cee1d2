import Storage

/// The table of work items.
package enum WorkItemSchema {
    package static let migration = Migration(
        30, "work items",
        [
            .table(WorkItem.table),
            // Says again what `WorkItemStore.open` says: one open item of a kind for each subject. Also the page of open ones.
            .sql("CREATE UNIQUE INDEX work_item_open_once ON work_item (book, kind, subject) WHERE resolution IS NULL"),
            .sql("CREATE INDEX work_item_open ON work_item (book, id) WHERE resolution IS NULL"),
            .refusal(
                Refusal(
                    "work_item_ends_once", .update, on: "work_item",
                    when: "OLD.resolution IS NOT NULL OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject",
                    "a work item keeps what it is about, and ends once")),
            .refusal(.deletion(of: "work_item")),
        ])
}
