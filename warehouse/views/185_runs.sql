-- Example: SELECT run_no, started, documents, new_documents, replaced_documents, gone_documents, code_changed FROM runs ORDER BY run_no DESC
CREATE VIEW runs AS
SELECT
    run_no,
    left(record ->> 'started', 19)::TIMESTAMP AS started,
    left(record ->> 'finished', 19)::TIMESTAMP AS finished,
    record ->> 'program' AS program,
    coalesce((record ->> 'code_changed')::BOOLEAN, FALSE) AS code_changed,
    record ->> 'machine' AS machine,
    record ->> 'raw' AS raw,
    (record ->> 'documents')::INTEGER AS documents,
    (record ->> 'new')::INTEGER AS new_documents,
    (record ->> 'replaced')::INTEGER AS replaced_documents,
    (record ->> 'gone')::INTEGER AS gone_documents,
    (record ->> 'results')::BIGINT AS results_loaded,
    (record -> 'findings' ->> 'error')::BIGINT AS errors,
    (record -> 'findings' ->> 'warning')::BIGINT AS warnings,
    (record -> 'findings' ->> 'note')::BIGINT AS notes
FROM built.runs;
COMMENT ON VIEW runs IS 'Every run of the ingest, oldest first; what the last one loaded is known when it is over, so its counts are empty';
