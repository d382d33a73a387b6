PRAGMA application_id = 1093813578;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT,
            attempt INTEGER NOT NULL,
            is_latest INTEGER NOT NULL,
            family TEXT NOT NULL,
            state TEXT NOT NULL,
            digest TEXT NOT NULL,
            inputs TEXT NOT NULL,
            files TEXT NOT NULL,
            submission TEXT,
            name TEXT,
            expected INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            quote INTEGER,
            reserved INTEGER NOT NULL,
            spent INTEGER NOT NULL,
            coins INTEGER,
            error TEXT,
            intended_at TEXT NOT NULL,
            sent_at TEXT,
            sent_at_is_exact INTEGER NOT NULL DEFAULT 0,
            started_at TEXT,
            ended_at TEXT
        );
INSERT INTO "entries" VALUES(1,NULL,1,1,'wan_25','started','a217d1aa2427c85f046ec793da4d22808f2a37048894014b61027f8c33072b67','{"prompt": "a calm sea"}','[]','{"family": "wan_25", "label": "name", "name": "Wan 2.5 to 2.7 video fa70886288584751b5fb5aa0f6c4d519", "unique_name": true, "inputs": {"prompt": "a calm sea"}, "not_before": "2025-12-31T23:59:55.000000+00:00"}','Wan 2.5 to 2.7 video fa70886288584751b5fb5aa0f6c4d519',1,490896,NULL,0,50000000,50000000,NULL,'2026-01-01T00:00:00.000000+00:00','2026-01-01T00:00:00.000000+00:00',1,'2026-01-01T00:00:00.000000+00:00',NULL);
INSERT INTO "entries" VALUES(2,'started',1,1,'wan_25','started','a217d1aa2427c85f046ec793da4d22808f2a37048894014b61027f8c33072b67','{"prompt": "a calm sea"}','[]','{"family": "wan_25", "label": "name", "name": "Wan 2.5 to 2.7 video 5ca8ac0311d8419485187fda91b57bf8", "unique_name": true, "inputs": {"prompt": "a calm sea"}, "not_before": "2025-12-31T23:59:55.000000+00:00"}','Wan 2.5 to 2.7 video 5ca8ac0311d8419485187fda91b57bf8',1,490896,NULL,0,50000000,50000000,NULL,'2026-01-01T00:00:00.000000+00:00','2026-01-01T00:00:00.000000+00:00',1,'2026-01-01T00:00:00.000000+00:00',NULL);
INSERT INTO "entries" VALUES(3,'finished',1,1,'face_swap','succeeded','b80a6ccd8273aff331c7a9fe02eae1ff94b16c6dcb6eeffd7b0f52b4e556bb7a','{"video": "https://example.com/v.mp4"}','[{"argument": "face", "name": null, "size": 107, "sha256": "17760a876fec9427ed4ddefb5470f748af04dede4303063de7bb1ebeeeca8e70"}]','{"family": "face_swap", "label": "name", "name": "face swap 5f595b9ae2134ca3badeee0471eea5c6", "unique_name": true, "inputs": {"face_url": "https://sandbox.a2e.invalid/cdn/3days-apac/adam2eve/sandbox/user/5a4d0b0c5000000000000001/1d68d5525de943352e654559670236a7.png", "video_url": "https://example.com/v.mp4"}, "not_before": "2025-12-31T23:59:55.000000+00:00"}','face swap 5f595b9ae2134ca3badeee0471eea5c6',1,490896,NULL,0,0,NULL,NULL,'2026-01-01T00:00:00.000000+00:00','2026-01-01T00:00:00.000000+00:00',1,'2026-01-01T00:00:00.000000+00:00','2026-01-01T00:00:03.000000+00:00');
INSERT INTO "entries" VALUES(4,'failed',1,1,'wan_25','failed','a217d1aa2427c85f046ec793da4d22808f2a37048894014b61027f8c33072b67','{"prompt": "a calm sea"}','[]','{"family": "wan_25", "label": "name", "name": "Wan 2.5 to 2.7 video ed61965bf8724a149fc36a54082ba911", "unique_name": true, "inputs": {"prompt": "a calm sea"}, "not_before": "2025-12-31T23:59:58.000000+00:00"}','Wan 2.5 to 2.7 video ed61965bf8724a149fc36a54082ba911',1,490896,NULL,0,50000000,50000000,'no face was found','2026-01-01T00:00:03.000000+00:00','2026-01-01T00:00:03.000000+00:00',1,'2026-01-01T00:00:03.000000+00:00','2026-01-01T00:00:06.000000+00:00');
INSERT INTO "entries" VALUES(5,'refused',1,1,'wan_25','refused','a217d1aa2427c85f046ec793da4d22808f2a37048894014b61027f8c33072b67','{"prompt": "a calm sea"}','[]','{"family": "wan_25", "label": "name", "name": "Wan 2.5 to 2.7 video 017431a15df440fa830e7e28e001267e", "unique_name": true, "inputs": {"prompt": "a calm sea"}, "not_before": "2026-01-01T00:00:01.000000+00:00"}','Wan 2.5 to 2.7 video 017431a15df440fa830e7e28e001267e',1,490896,NULL,0,0,NULL,'start_wan_25_task: busy (HTTP 200, code 1001). Try again in a while.','2026-01-01T00:00:06.000000+00:00','2026-01-01T00:00:06.000000+00:00',1,NULL,'2026-01-01T00:00:06.000000+00:00');
INSERT INTO "entries" VALUES(6,'unknown',1,1,'wan_25','unknown','a217d1aa2427c85f046ec793da4d22808f2a37048894014b61027f8c33072b67','{"prompt": "a calm sea"}','[]','{"family": "wan_25", "label": "name", "name": "Wan 2.5 to 2.7 video a061800347c146348adecf961d652091", "unique_name": true, "inputs": {"prompt": "a calm sea"}, "not_before": "2026-01-01T00:00:01.000000+00:00"}','Wan 2.5 to 2.7 video a061800347c146348adecf961d652091',1,490896,NULL,0,0,NULL,'the response to the start of ''Wan 2.5 to 2.7 video a061800347c146348adecf961d652091'' was lost (the server refused the call without saying why) and no record of it appeared; it may still have been started and charged. Look again with find_started(error) before you start it once more','2026-01-01T00:00:06.000000+00:00','2026-01-01T00:00:06.000000+00:00',1,NULL,NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "facts" VALUES('account','5e36e564a118b561534b68ab28dc9e6f');
INSERT INTO "facts" VALUES('salt','a238323f2e6aa71da2555f5e932c1eef');
CREATE TABLE limits (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE slots (
            name TEXT NOT NULL,
            owner INTEGER NOT NULL,
            holder TEXT NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (name, owner, holder)
        ) WITHOUT ROWID
        ;
CREATE TABLE spending (
            hour INTEGER PRIMARY KEY,
            reserved INTEGER NOT NULL,
            spent INTEGER NOT NULL
        );
INSERT INTO "spending" VALUES(490896,0,150000000);
CREATE TABLE tasks (
            task_id TEXT PRIMARY KEY,
            entry INTEGER NOT NULL REFERENCES entries (id),
            place INTEGER NOT NULL,
            state TEXT NOT NULL,
            record TEXT
        ) WITHOUT ROWID
        ;
INSERT INTO "tasks" VALUES('6955b9005a4d0b0c50000001',1,0,'started',NULL);
INSERT INTO "tasks" VALUES('6955b9005a4d0b0c50000002',2,0,'started',NULL);
INSERT INTO "tasks" VALUES('6955b9005a4d0b0c50000003',3,0,'succeeded',NULL);
INSERT INTO "tasks" VALUES('6955b9035a4d0b0c50000004',4,0,'failed',NULL);
CREATE TABLE uploads (
            content TEXT PRIMARY KEY,
            address TEXT NOT NULL,
            uploaded_at TEXT NOT NULL
        ) WITHOUT ROWID
        ;
INSERT INTO "uploads" VALUES('17760a876fec9427ed4ddefb5470f748af04dede4303063de7bb1ebeeeca8e70 image/png','https://sandbox.a2e.invalid/cdn/3days-apac/adam2eve/sandbox/user/5a4d0b0c5000000000000001/1d68d5525de943352e654559670236a7.png','2026-01-01T00:00:00.000000+00:00');
CREATE UNIQUE INDEX latest_entries ON entries (key) WHERE is_latest = 1 AND key IS NOT NULL;
CREATE INDEX entries_by_key ON entries (key, attempt) WHERE key IS NOT NULL;
CREATE INDEX undecided_entries ON entries (id) WHERE state IN ('intended', 'unknown');
CREATE INDEX tasks_by_entry ON tasks (entry);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('entries',6);
COMMIT;
