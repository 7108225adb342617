-- One row per simulation. Times in the files are naive; they are taken as UTC.
WITH runs_of_files AS (
  SELECT
    source_file,
    coalesce(document ->> '$.info.environment_info.domain_name', document ->> '$.domain') AS domain,
    coalesce(document ->> '$.info.agent_info.llm', document ->> '$.model') AS ai_version
  FROM runs
),
gold_of_tasks AS (
  -- A task without actions is known to need none; that differs from a task that the file lacks.
  SELECT
    source_file,
    document ->> '$.id' AS task_id,
    coalesce(document ->> '$.evaluation_criteria.actions[*].name', []) AS tools
  FROM tasks
  QUALIFY row_number() OVER (PARTITION BY source_file, task_id ORDER BY source_row) = 1
),
simulated AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    document ->> '$.task_id' AS task_id,
    document ->> '$.start_time' AS start_time,
    document ->> '$.end_time' AS end_time,
    document ->> '$.reward_info.action_checks[*].action.name' AS checked_tools
  FROM simulations
),
graded AS (
  -- gold_tools is null when neither the task nor a check tells what was to be done.
  SELECT
    simulated.*,
    runs_of_files.domain,
    runs_of_files.ai_version,
    CASE
      WHEN gold_of_tasks.task_id IS NOT NULL THEN gold_of_tasks.tools
      WHEN len(simulated.checked_tools) > 0 THEN simulated.checked_tools
    END AS gold_tools
  FROM simulated
  JOIN runs_of_files USING (source_file)
  LEFT JOIN gold_of_tasks USING (source_file, task_id)
),
typed AS (
  SELECT
    *,
    regexp_extract(task_id, '^\[([^\]]+)\]', 1) AS family,
    list_distinct(list_filter(
      gold_tools,
      lambda tool: NOT regexp_matches(
        tool,
        '^(get_|find_|search_|list_|calculate|think|check_|lookup|look_up|verify|run_|can_|transfer|escalate)'
      )
    )) AS write_tools
  FROM graded
)
SELECT
  source_file,
  source_row,
  'tau2-bench' AS source,
  interaction_id,
  'inbound' AS direction,
  domain || ':' || CASE
    WHEN domain = 'telecom' AND family <> '' THEN family
    WHEN gold_tools IS NULL THEN 'unknown'
    WHEN len(write_tools) = 0 THEN 'information_or_refusal'
    WHEN len(write_tools) = 1 THEN write_tools[1]
    ELSE 'multi_request'
  END AS interaction_type,
  'chat' AS channel,
  start_time || 'Z' AS started_at,
  end_time || 'Z' AS ended_at,
  'ai' AS handled_by,
  ai_version,
  regexp_matches(start_time, '^2025-01-01T00:00:00(\.0+)?$') AS is_time_placeholder
FROM typed
