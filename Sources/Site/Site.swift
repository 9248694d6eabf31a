/// Site
