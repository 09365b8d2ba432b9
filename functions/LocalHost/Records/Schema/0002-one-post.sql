-- Never edited once released: a later script changes what this one made.

-- The post was eight partitions, chosen by the person.
UPDATE record SET partition = CAST('post' AS BLOB) WHERE CAST(partition AS TEXT) GLOB 'post-0[0-7]';
