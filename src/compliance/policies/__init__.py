"""The rules: policy files read strictly, conditions in three-valued logic, dated timelines."""
