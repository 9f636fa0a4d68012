-- What the history says beside its events: the servers that were ever worked on, and runs, steps and targets as views. A view can
-- always be made anew from plans and events, which are the one truth. Statements end with a semicolon at the end of a line.

CREATE INDEX events_of_step ON events(run, step, seq) WHERE step IS NOT NULL;

CREATE TABLE servers (
    name          TEXT PRIMARY KEY COLLATE NOCASE,
    is_active     INTEGER NOT NULL DEFAULT 1,
    first_seen_at TEXT NOT NULL,
    last_seen_at  TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIEW run_heads AS
SELECT id AS run, kind, title, cluster, lower(status) AS status,
       strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
       (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', e.at / 1000.0, 'unixepoch') FROM events e
        WHERE e.run = r.id AND e.type = 'RUN_FINISHED' AND r.status NOT IN ('RUNNING', 'WAITING')
        ORDER BY e.seq DESC LIMIT 1) AS finished_at
FROM runs r;

CREATE VIEW run_steps AS
SELECT run, kind, step, ord, server, target, action, title, params, is_bracket,
       CASE last
           WHEN '' THEN 'pending'
           WHEN 'STEP_REPLANNED' THEN 'pending'
           WHEN 'STEP_VERIFIED' THEN 'success'
           WHEN 'STEP_SKIPPED' THEN 'skipped'
           WHEN 'STEP_FAILED' THEN 'failed'
           WHEN 'STEP_UNDONE' THEN 'undone'
           WHEN 'STEP_UNKNOWN' THEN 'unknown'
           ELSE 'in_progress'
       END AS status,
       (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', min(e.at) / 1000.0, 'unixepoch') FROM events e
        WHERE e.run = i.run AND e.step = i.step AND e.type = 'STEP_INTENT') AS started_at,
       (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(e.at) / 1000.0, 'unixepoch') FROM events e
        WHERE e.run = i.run AND e.step = i.step AND e.type = i.last
          AND i.last IN ('STEP_VERIFIED', 'STEP_SKIPPED', 'STEP_FAILED', 'STEP_UNDONE', 'STEP_UNKNOWN')) AS completed_at,
       CASE WHEN last IN ('STEP_FAILED', 'STEP_UNKNOWN') THEN
           (SELECT COALESCE(e.data ->> '$.reason', e.data ->> '$.observed') FROM events e
            WHERE e.run = i.run AND e.step = i.step AND e.type = i.last ORDER BY e.seq DESC LIMIT 1)
       END AS error
FROM (SELECT p.run AS run, r.kind AS kind, s.value ->> '$.id' AS step, s.key + 1 AS ord,
             -- a step about a target alone is on that target's server, whatever its lane is called
             COALESCE(of.server, s.value ->> '$.lane') AS server,
             s.value ->> '$.target' AS target, s.value ->> '$.action' AS action, s.value ->> '$.title' AS title,
             s.value -> '$.params' AS params, s.value ->> '$.bracket' IS NOT NULL AS is_bracket,
             COALESCE((SELECT e.type FROM events e
                       WHERE e.run = p.run AND e.step = s.value ->> '$.id'
                         AND e.type IN ('STEP_INTENT', 'STEP_CONTINUED', 'STEP_APPLIED', 'STEP_VERIFIED', 'STEP_REPLANNED',
                                        'STEP_SKIPPED', 'STEP_FAILED', 'STEP_UNDONE', 'STEP_UNKNOWN', 'STEP_SETTLED')
                       ORDER BY e.seq DESC LIMIT 1), '') AS last
      FROM plans p JOIN runs r ON r.id = p.run JOIN json_each(p.plan, '$.steps') s
      LEFT JOIN (SELECT o.run AS run, t.value ->> '$.name' AS name, t.value ->> '$.server' AS server
                 FROM plans o, json_each(o.plan, '$.targets') t) of ON of.run = p.run AND of.name = s.value ->> '$.target') i;

CREATE VIEW run_targets AS
SELECT t.run AS run, t.kind AS kind, t.created_at AS created_at, t.ord AS ord, t.name AS name, t.server AS server, t.build_before AS build_before,
       t.build_target AS build_target, t.note AS note, t.params AS params,
       CASE
           WHEN NOT t.scheduled THEN 'skipped'
           -- what a handler that looked at the target itself has to say counts more than how its steps went
           WHEN sum(s.status IN ('failed', 'unknown')) > 0 THEN COALESCE(max(s.told), 'failed')
           -- brackets come and go around the work: only what is inside of them tells how far it is
           WHEN sum(s.status = 'undone' AND NOT s.is_bracket) > 0 THEN 'undone'
           WHEN max(s.told) IS NOT NULL THEN max(s.told)
           WHEN sum(s.status NOT IN ('success', 'skipped') AND NOT s.is_bracket) = 0 THEN 'success'
           WHEN sum(s.status <> 'pending' AND NOT s.is_bracket) = 0 THEN 'pending'
           ELSE 'in_progress'
       END AS status,
       min(s.started_at) AS started_at,
       CASE WHEN sum(s.status IN ('pending', 'in_progress')) = 0 OR sum(s.status = 'failed') > 0 THEN max(s.completed_at)
       END AS completed_at,
       group_concat(s.error, '; ') AS error
FROM (SELECT p.run AS run, r.kind AS kind, strftime('%Y-%m-%dT%H:%M:%fZ', r.created_at / 1000.0, 'unixepoch') AS created_at,
             t.key + 1 AS ord, t.value ->> '$.name' AS name, t.value ->> '$.server' AS server,
             t.value ->> '$.from' AS build_before, t.value ->> '$.to' AS build_target, t.value ->> '$.note' AS note,
             t.value ->> '$.scheduled' AS scheduled, t.value -> '$.details' AS params
      FROM plans p JOIN runs r ON r.id = p.run, json_each(p.plan, '$.targets') t) t
LEFT JOIN (SELECT rs.*,
                  (SELECT e.data ->> '$.facts.targetStatus' FROM events e
                   WHERE e.run = rs.run AND e.step = rs.step AND rs.status IN ('success', 'failed')
                     AND e.data ->> '$.facts.targetStatus' IS NOT NULL
                   ORDER BY e.seq DESC LIMIT 1) AS told
           FROM run_steps rs) s
    ON s.run = t.run AND s.server = t.server AND s.target IN (t.server, t.name)
GROUP BY t.run, t.ord;
