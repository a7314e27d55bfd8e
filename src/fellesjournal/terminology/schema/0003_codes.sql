-- Letters are typed that are the whole of a code in few systems: which these are is found at once.
create index code_text_entry_code on code_text_entry (key) where key <> '';
