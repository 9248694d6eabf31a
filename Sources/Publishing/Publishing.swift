/// Publishing
