-- Never edited once released: a later script changes what this one made.

-- "CoWf": by it a data folder knows its own database.
PRAGMA application_id = 0x436F5766;

-- partition, row: bytes that sort as Table Storage sorts the texts (OrdinalText.cs); cast(row as text) shows one.
-- properties: a JSON object of texts.
CREATE TABLE record
(
  partition BLOB NOT NULL,
  row BLOB NOT NULL,
  etag TEXT NOT NULL,
  properties TEXT NOT NULL,
  PRIMARY KEY (partition, row)
) STRICT, WITHOUT ROWID;

-- One row: the number of the last commit, which is the ETag of what it wrote. It outlives the records, so no ETag comes twice.
CREATE TABLE counter (commits INTEGER NOT NULL) STRICT;
INSERT INTO counter VALUES (0);
