"""The dbt project, as Dagster sees it. Nothing else belongs here: `dagster-dbt` loads this file."""

from dagster_dbt import DbtProject

from orchestration.settings import PROJECT_ROOT

dbt_project = DbtProject(project_dir=PROJECT_ROOT, profiles_dir=PROJECT_ROOT)
