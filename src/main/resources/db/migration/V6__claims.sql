-- A claim goes from tenant to tenant by the index job_queue: nobody asks any more who ever had a job.

drop table job_tenant;
