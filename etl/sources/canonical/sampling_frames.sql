-- The columns of the contract as they are; the natural key is put together here.
SELECT
  source_file,
  source_row,
  source,
  concat_ws('/', month, interaction_type, stratum) AS frame_id,
  updated_at,
  is_deleted,
  month,
  interaction_type,
  stratum,
  population,
  drawn,
  seed
FROM sampling_frames
