import Storage

/// The table of work items.
package enum WorkItemSchema {
    package static let migration = Migration(30, "work items", [.table(WorkItem.table)] + rules.map(Migration.Step.sql))

    private static let rules = [
        // Says again what `WorkItemStore.open` says: one open item of a kind for each subject. Also the page of open ones.
        "CREATE UNIQUE INDEX work_item_open_once ON work_item (book, kind, subject) WHERE resolution IS NULL",
        "CREATE INDEX work_item_open ON work_item (book, id) WHERE resolution IS NULL",
        """
        CREATE TRIGGER work_item_ends_once BEFORE UPDATE ON work_item
        WHEN OLD.resolution IS NOT NULL OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject
        BEGIN SELECT RAISE(ABORT, 'a work item keeps what it is about, and ends once'); END
        """,
        """
        CREATE TRIGGER work_item_refuses_delete BEFORE DELETE ON work_item
        BEGIN SELECT RAISE(ABORT, 'work_item rows are never deleted'); END
        """,
    ]
}
