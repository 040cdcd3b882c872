"""The store's schema, step by step; a revision never changes once a store was made with it."""
